import { range } from "d3-array";
import { scaleLinear } from "d3-scale";
import type { ReactNode } from "react";
import { type DayAxis, percentOf, round, SPACE, xOf } from "@/components/charts/day-axis";
import { Lane } from "@/components/charts/lane";
import { Stroke } from "@/components/charts/stroke";
import type { PopulationDay } from "@/lib/services/analysis/squad";

type Spread = NonNullable<PopulationDay["z"]>;

type SpreadLaneProps = {
  title: string;
  unit: string;
  label: string;
  legend?: ReactNode;
  days: readonly PopulationDay[];
  axis: DayAxis;
  ticks: readonly string[];
  spreadOf: (day: PopulationDay) => Spread | null;
  /** Half the width of the usual range behind the boxes, in own SDs. */
  usual: number;
};

const HEIGHT = 190;
const PLOT = 176;
const WIDEST = 5;

/** The squad's values of each day: range as a line, the middle half as a box, the median across it. */
export function SpreadLane({ days, axis, ticks, spreadOf, usual, ...words }: SpreadLaneProps) {
  const reach = reachOf(days.flatMap((day) => spreadOf(day) ?? []));
  const yOf = scaleLinear([-reach, reach], [PLOT - 4, 4]).clamp(true);
  const marks = range(-Math.floor(reach), Math.floor(reach) + 1);
  const paths = boxesOf({ days, axis, spreadOf, yOf });
  return (
    <Lane
      {...words}
      axis={axis}
      ticks={ticks}
      height={HEIGHT}
      marks={marks.map((s) => ({ y: yOf(s), text: wordOf(s), ...(s === 0 ? { line: true } : {}) }))}
      overlay={<TogetherMarks days={days} axis={axis} />}
    >
      <rect y={yOf(usual)} width={SPACE} height={yOf(-usual) - yOf(usual)} fill="var(--band)" />
      <TogetherWash days={days} axis={axis} />
      <Stroke d={paths.ranges} look="hair" stroke="var(--dot)" />
      <path d={paths.boxes} fill="var(--sleep-rem)" />
      <Stroke d={paths.medians} look="strong" stroke="var(--ink)" />
    </Lane>
  );
}

/** Columns of the days on which the whole squad moved, behind everything. */
export function TogetherWash({ days, axis }: { days: readonly PopulationDay[]; axis: DayAxis }) {
  const width = round(SPACE / axis.days);
  return days
    .filter((day) => day.together !== null)
    .map(({ date }) => (
      <rect
        key={date}
        x={round(xOf(axis, date) - width / 2)}
        width={width}
        height={HEIGHT}
        fill="var(--ink-3)"
        opacity=".16"
      />
    ));
}

/** Below those days a triangle that points the way the squad went. */
function TogetherMarks({ days, axis }: { days: readonly PopulationDay[]; axis: DayAxis }) {
  return days
    .filter((day) => day.together !== null)
    .map(({ date, together }) => (
      <svg key={date} x={percentOf(axis, date)} y={HEIGHT - 9} overflow="visible" aria-hidden="true">
        <path d={together === "down" ? "M-4 0h8L0 7z" : "M-4 7h8L0 0z"} fill="var(--ink)" />
      </svg>
    ));
}

function reachOf(spreads: readonly Spread[]): number {
  const furthest = Math.max(0, ...spreads.flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)]));
  return Math.min(WIDEST, Math.max(2.5, furthest));
}

const wordOf = (s: number) => (s > 0 ? `+${s}` : String(s).replace("-", "−"));

type Drawing = Pick<SpreadLaneProps, "days" | "axis" | "spreadOf"> & { yOf: (s: number) => number };

/** All ranges, boxes and medians as one path each. */
function boxesOf({ days, axis, spreadOf, yOf }: Drawing) {
  const width = round((SPACE / axis.days) * 0.56);
  const paths = { ranges: "", boxes: "", medians: "" };
  for (const day of days) {
    const spread = spreadOf(day);
    if (!spread) continue;
    const x = xOf(axis, day.date);
    const left = round(x - width / 2);
    const y = (s: number) => round(yOf(s));
    paths.ranges += `M${x} ${y(spread.min)}V${y(spread.max)}`;
    paths.boxes += `M${left} ${y(spread.q1)}V${y(spread.q3)}h${width}V${y(spread.q1)}z`;
    paths.medians += `M${left} ${y(spread.median)}h${width}`;
  }
  return paths;
}
