import type { ReactNode } from "react";

/** Charts side by side as far as the window is wide. */
export function ChartGrid({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,420px),1fr))] gap-4 px-(--margin)">
      {children}
    </div>
  );
}

/** A chart below its title. */
export function ChartCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <figure className="card px-3.5 pt-3 pb-1.5">
      <figcaption>
        <h2>{title}</h2>
      </figcaption>
      {children}
    </figure>
  );
}
