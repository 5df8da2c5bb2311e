"use client";

import dynamic from "next/dynamic";

/** A series over time; `at` is the label of the horizontal axis. */
export type ChartPoint = { at: string; value: number | null };

export type ChartProps = {
  kind: "line" | "area" | "bar";
  /** What is measured, with its unit; stands in the tooltip. */
  name: string;
  points: readonly ChartPoint[];
  digits: number;
  locale: string;
};

const DrawnChart = dynamic(() => import("./drawn-chart"), {
  ssr: false,
  loading: () => <div className="h-40" />,
});

/** A chart for the eye, drawn when its code has arrived; the table beside it holds the same numbers. */
export function Chart(props: ChartProps) {
  return (
    <div className="h-40" aria-hidden="true">
      <DrawnChart {...props} />
    </div>
  );
}
