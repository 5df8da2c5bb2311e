import type { ReactNode } from "react";

type Look = "bare" | "card";

const LOOKS = { bare: "", card: "rounded-card border border-line bg-surface" } satisfies Record<Look, string>;

type ScrollBoxProps = { label: string; look?: Look; className?: string; children: ReactNode };

/** A named group that scrolls by itself, and can be scrolled by keyboard; no landmark, because it often stands in one of its name. */
export function ScrollBox({ label, look = "bare", className = "", children }: ScrollBoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and does not scroll alike
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div role="group" className={`${LOOKS[look]} ${className}`.trim()} aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
