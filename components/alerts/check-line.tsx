import type { ComponentProps, ReactNode } from "react";

type CheckLineProps = ComponentProps<"input"> & {
  children: ReactNode;
  hint?: ReactNode;
  hintId?: string;
};

/** A box to tick, what it says, and below it what that means. */
export function CheckLine({ children, hint, hintId, ...rest }: CheckLineProps) {
  return (
    <label className="grid grid-cols-[18px_minmax(0,1fr)] items-start gap-2">
      <input className="mt-px size-4 accent-ink" type="checkbox" aria-describedby={hintId} {...rest} />
      <span>
        {children}
        {hint ? (
          <span className="block text-cell text-ink-3" id={hintId}>
            {hint}
          </span>
        ) : null}
      </span>
    </label>
  );
}
