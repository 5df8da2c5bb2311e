"use client";

import { AreaChart, BarChart, LineChart } from "@tremor/react";
import type { ChartProps } from "./chart";

const CHARTS = { line: LineChart, area: AreaChart, bar: BarChart };

/** The library's chart in the product's neutral colours: hue means level and nothing else. */
export default function DrawnChart({ kind, name, points, digits, locale }: ChartProps) {
  const Drawn = CHARTS[kind];
  const format = (value: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return (
    <Drawn
      className="h-40"
      data={points.map(({ at, value }) => ({ at, [name]: value }))}
      index="at"
      categories={[name]}
      colors={[kind === "bar" ? "gray" : "slate"]}
      valueFormatter={format}
      showLegend={false}
      showAnimation={false}
      autoMinValue={kind !== "bar"}
      yAxisWidth={44}
      tickGap={40}
    />
  );
}
