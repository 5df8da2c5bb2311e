import type { ReactNode } from "react";
import { Card, Table } from "@/components/ui/blocks";

/** Figures that wait behind their title until somebody wants them. */
export function FoldedCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="px-4 py-2.5" as="details" pad="none">
      <summary className="min-h-6 font-medium">{title}</summary>
      {children}
    </Card>
  );
}

type CloseTableProps = { caption: string; className?: string; children: ReactNode };

/** Its rows close together. */
export function CloseTable({ caption, className = "", children }: CloseTableProps) {
  return (
    <Table
      caption={caption}
      className={`mt-2 phone:[&_:is(td,th)]:text-[0.8125rem] [&_:is(td,th)]:py-1 [&_:is(td,th)]:pr-2.5 [&_tbody_th]:font-normal ${className}`}
    >
      {children}
    </Table>
  );
}
