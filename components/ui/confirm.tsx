import type { ReactNode } from "react";

type ConfirmProps = { word: string; label: string; text?: string; children: ReactNode };

/** A step that cannot be undone takes two presses: the first says what happens. Works without scripts. */
export function Confirm({ word, label, text, children }: ConfirmProps) {
  return (
    <details className="confirm">
      <summary className="button button-plain button-small" aria-label={label}>
        {word}
      </summary>
      {text ? <p className="field-hint py-1">{text}</p> : null}
      {children}
    </details>
  );
}
