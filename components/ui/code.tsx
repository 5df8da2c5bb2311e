import type { ReactNode } from "react";

type Ground = "none" | "sub";

const GROUNDS = { none: "", sub: "rounded-chip bg-sub px-[5px] py-px" } satisfies Record<Ground, string>;

/** A path, an address or a value, letter for letter. */
export function Code({ ground = "none", children }: { ground?: Ground; children: ReactNode }) {
  return (
    <code
      className={`wrap-anywhere font-code text-[0.75rem] leading-[1.0625rem] ${GROUNDS[ground]}`.trimEnd()}
    >
      {children}
    </code>
  );
}
