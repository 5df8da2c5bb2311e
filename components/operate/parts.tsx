import type { ReactNode } from "react";
import { Table } from "@/components/ui/blocks";
import { ScrollBox } from "@/components/ui/scroll-box";

type PartProps = { children: ReactNode };

/** The cards of a page of the operation, below one another. */
export function Cards({ children }: PartProps) {
  return <div className="grid grid-cols-1 gap-4 px-(--margin) pt-3.5 [&_section]:min-w-0">{children}</div>;
}

type Until = "phone" | "narrow";

const PAIRS = { phone: "phone:grid-cols-1", narrow: "max-[1280px]:grid-cols-1" } satisfies Record<
  Until,
  string
>;

/** Two cards beside one another, until the window is narrow or a phone's. */
export function Pair({ until, children }: PartProps & { until: Until }) {
  return <div className={`grid grid-cols-2 gap-4 ${PAIRS[until]}`}>{children}</div>;
}

/** A table that scrolls sideways where it does not fit; cells of several lines begin at one height. */
export function WideTable({ title, children }: PartProps & { title: string }) {
  return (
    <ScrollBox className="overflow-x-auto" label={title}>
      <Table className="phone:min-w-[680px] [&_tbody_:is(th,td)]:align-top" caption={title}>
        {children}
      </Table>
    </ScrollBox>
  );
}

/** A cell of words. */
export function Words({ children }: PartProps) {
  return <td className="min-w-50 max-w-[62ch]">{children}</td>;
}

/** What can be done about a row or a card. */
export function Acts({ children }: PartProps) {
  return <span className="flex flex-wrap justify-end gap-1.5 phone:justify-start">{children}</span>;
}

/** What helps. */
export function Remedy({ children }: PartProps) {
  return <p className="my-2 max-w-[80ch] text-ink-2">{children}</p>;
}

/** The small line below what a cell says. */
export function Below({ children }: PartProps) {
  return (
    <span className="block font-normal text-[0.6875rem] text-ink-3 leading-[0.9375rem]">{children}</span>
  );
}
