import { render, toPlainText } from "@react-email/components";
import type { ReactElement } from "react";

/** A template as both parts of a mail: HTML, and plain text of the same content. */
export async function renderMail(template: ReactElement): Promise<{ html: string; text: string }> {
  const html = await render(template);
  const text = toPlainText(html, {
    wordwrap: 78,
    selectors: [{ selector: "h1", options: { uppercase: false } }],
  });
  return { html, text };
}
