import type { ReactNode } from "react";
import type { StreamState } from "@/lib/services/connections/standing";

const COLOURS = {
  never: undefined,
  open: undefined,
  committed: "var(--ink-3)",
  quarantined: "var(--mark-flag)",
  refused: "var(--mark-recovery)",
} satisfies Record<StreamState, string | undefined>;

const isTrouble = (state: StreamState) => state === "quarantined" || state === "refused";

/** The mark of a stream's state before the words that say it again. */
export function StreamWord({
  state,
  title,
  children,
}: {
  state: StreamState;
  title?: string | undefined;
  children: ReactNode;
}) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${isTrouble(state) ? "font-semibold" : ""}`.trimEnd()}
      title={title}
    >
      <Mark state={state} />
      {children}
    </span>
  );
}

/** Shape of a state: dot, open ring, triangle, cross. */
function Mark({ state }: { state: StreamState }) {
  return (
    <svg
      width="10"
      height="10"
      viewBox="0 0 10 10"
      aria-hidden="true"
      fill="none"
      color={COLOURS[state]}
      stroke="currentColor"
      strokeWidth="1.8"
    >
      {state === "committed" ? <circle cx="5" cy="5" r="1.6" fill="currentColor" stroke="none" /> : null}
      {state === "never" ? <circle cx="5" cy="5" r="3.4" strokeDasharray="2 1.6" strokeWidth="1.2" /> : null}
      {state === "open" ? <path d="M8.4 5A3.4 3.4 0 1 1 5 1.6" /> : null}
      {state === "quarantined" ? <path d="M5 1 9.4 9H.6z" fill="currentColor" stroke="none" /> : null}
      {state === "refused" ? <path d="m2 2 6 6M8 2 2 8" /> : null}
    </svg>
  );
}
