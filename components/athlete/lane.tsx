import type { ReactNode } from "react";
import { Stroke } from "@/components/charts/stroke";
import { round, SPACE, type TimeAxis, xOf } from "./axis";

type LaneProps = {
  title: string;
  unit: string;
  legend?: ReactNode;
  height: number;
  /** Values of the y axis and where they stand. */
  marks?: readonly { y: number; text: string; line?: true }[];
  axis: TimeAxis;
  ticks: readonly string[];
  label: string;
  /** Drawn in units of SPACE across, stretched to the lane's width. */
  children: ReactNode;
  /** Drawn in pixels down and percent across: round shapes and text. */
  overlay?: ReactNode;
};

/** One measure over the shared time axis. */
export function Lane(props: LaneProps) {
  const { title, unit, legend, height, marks = [], axis, ticks, label } = props;
  const grid = ticks.map((date) => `M${xOf(axis, date)} 0V${height}`).join("");
  const lines = marks.map(({ y, line }) => (line ? `M0 ${round(y)}H${SPACE}` : "")).join("");
  return (
    <div className="not-first:mt-2.5">
      <div className="mb-[3px] flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-[0.6875rem] text-ink-3 leading-[1rem]">
        <h2 className="m-0 text-cell text-ink">{title}</h2>
        <span>{unit}</span>
        {legend ? (
          <span className="ml-auto flex flex-wrap gap-x-3 phone:ml-0 phone:w-full [&_span]:inline-flex [&_span]:items-center [&_span]:gap-1">
            {legend}
          </span>
        ) : null}
      </div>
      <svg
        className="ml-10 block w-[calc(100%-40px)] overflow-visible"
        height={height}
        role="img"
        aria-label={label}
      >
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${SPACE} ${height}`}
          preserveAspectRatio="none"
          width="100%"
          height={height}
        >
          <Stroke d={grid + lines} look="hair" stroke="var(--line)" />
          {props.children}
        </svg>
        {marks.map(({ y, text }) => (
          <text key={text} x="-6" y={round(y) + 3} textAnchor="end">
            {text}
          </text>
        ))}
        {props.overlay}
      </svg>
    </div>
  );
}

/** A line or a square of a legend with its word. */
export function LegendMark({
  colour,
  shape,
  children,
}: {
  colour: string;
  shape: "square" | "line" | "dashes" | "dot";
  children: ReactNode;
}) {
  return (
    <span>
      <svg width="12" height="9" aria-hidden="true">
        {shape === "square" ? <rect width="9" height="9" rx="2" fill={colour} /> : null}
        {shape === "dot" ? <circle cx="5" cy="4.5" r="4" fill={colour} /> : null}
        {shape === "line" || shape === "dashes" ? (
          <path
            d="M0 5h11"
            stroke={colour}
            strokeWidth="2"
            strokeDasharray={shape === "dashes" ? "4 3" : undefined}
          />
        ) : null}
      </svg>
      {children}
    </span>
  );
}
