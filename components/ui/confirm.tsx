import type { ReactNode } from "react";
import { ButtonSummary } from "./controls";

type ConfirmProps = { word: string; label: string; text?: string; children: ReactNode };

/** A step that cannot be undone takes two presses: the first says what happens. Works without scripts. */
export function Confirm({ word, label, text, children }: ConfirmProps) {
  return (
    <details>
      <ButtonSummary kind="plain" size="small" aria-label={label}>
        {word}
      </ButtonSummary>
      {text ? <p className="py-1 text-cell text-ink-3">{text}</p> : null}
      {children}
    </details>
  );
}
