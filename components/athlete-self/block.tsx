import { type ReactNode, useId } from "react";

/** A titled part of an athlete's page, divided from the one above by a hairline. */
export function Block({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="own-block" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
