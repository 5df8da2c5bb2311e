import type { MorningMailContent } from "./morning-mail";

/** The plain-text part of a squad's readiness mail: the same content as the HTML. */
export function morningText(content: MorningMailContent): string {
  const { athletes, open, also, fewer, stop, settings } = content;
  const people = athletes.map(({ name, word, sentence, small, href }) =>
    lines(`${name} – ${word}`, sentence, small, href),
  );
  return [
    lines(content.eyebrow, content.title, content.decided),
    ...people,
    lines(`${open.label}: ${open.href}`),
    also.text && `${also.label} ${also.text}`,
    lines(content.chance, `${fewer.label}: ${fewer.href}`),
    lines(content.credit),
    lines(`${stop.label}: ${stop.href}`, `${settings.label}: ${settings.href}`, content.policy),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function lines(...parts: string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
