import type { ReactNode } from "react";
import { Card } from "@/components/ui/blocks";

/** Charts beside one another where there is room. */
export function ChartGrid({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,420px),1fr))] gap-4 px-(--margin)">
      {children}
    </div>
  );
}

/** A chart with its title. */
export function ChartCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card as="figure" pad="none" className="px-3.5 pt-3 pb-1.5">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      {children}
    </Card>
  );
}
