import type { ReactNode } from "react";

/** The page's h1 with the sentence that answers it. */
export function PageTitle({ title, lead, end }: { title: ReactNode; lead?: ReactNode; end?: ReactNode }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-6 px-(--margin) pt-4.5 phone:grid-cols-1 phone:gap-2.5">
      <div>
        <h1>{title}</h1>
        {lead ? <p className="mt-1 max-w-[62ch] text-ink-2">{lead}</p> : null}
      </div>
      {end}
    </div>
  );
}

/** Page width for reading and forms: text never wider than 62ch. */
export function Column({ children }: { children: ReactNode }) {
  return <div className="mx-auto grid max-w-[640px] gap-4 px-(--margin) py-8 phone:py-5">{children}</div>;
}
