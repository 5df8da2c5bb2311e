import { type ReactNode, useId } from "react";

/** A titled part of an athlete's page, divided from the one above by a hairline. */
export function Block({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="border-line border-t py-3.5" aria-labelledby={id}>
      <h2 id={id} className="mb-1.5 text-[0.9375rem] leading-[1.25rem]">
        {title}
      </h2>
      {children}
    </section>
  );
}

type Space = "none" | "small" | "large";

const BELOW = { none: "", small: "pb-2", large: "pb-3" } satisfies Record<Space, string>;

type NoteProps = { below?: Space; role?: "status"; children: ReactNode };

/** What explains the lines above it. */
export function Note({ below = "none", role, children }: NoteProps) {
  return (
    <p
      className={`mt-2 text-[0.8125rem] text-ink-3 leading-[1.125rem] ${BELOW[below]}`.trimEnd()}
      role={role}
    >
      {children}
    </p>
  );
}

/** What will happen, point by point. */
export function Steps({ children }: { children: ReactNode }) {
  return <ul className="mb-4 grid list-disc gap-2 pl-[18px] text-ink-2">{children}</ul>;
}
