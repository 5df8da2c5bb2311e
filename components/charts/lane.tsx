import type { ReactNode } from "react";
import { type DayAxis, round, SPACE, xOf } from "./day-axis";
import { Stroke } from "./stroke";

type LaneProps = {
  title: string;
  unit: string;
  legend?: ReactNode;
  height: number;
  /** Values of the y axis and where they stand. */
  marks?: readonly { y: number; text: string; line?: true }[];
  axis: DayAxis;
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
      <div className="mb-0.75 flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-label/4 text-ink-3">
        <h2 className="m-0 text-cell text-ink">{title}</h2>
        <span>{unit}</span>
        {legend ? (
          <span className="ml-auto flex flex-wrap gap-x-3 phone:ml-0 phone:w-full">{legend}</span>
        ) : null}
      </div>
      <Plot height={height} label={label}>
        <Stretched height={height}>
          <Stroke d={grid + lines} look="hair" stroke="var(--line)" />
          {props.children}
        </Stretched>
        {marks.map(({ y, text }) => (
          <text key={text} x="-6" y={round(y) + 3} textAnchor="end">
            {text}
          </text>
        ))}
        {props.overlay}
      </Plot>
    </div>
  );
}

/** Room for a drawing with its y axis in the gutter to the left: pixels down, percent across. */
export function Plot(props: { height: number; label: string; children: ReactNode }) {
  return (
    <svg
      className="ml-(--gutter) block w-[calc(100%-var(--gutter))] overflow-visible"
      height={props.height}
      role="img"
      aria-label={props.label}
    >
      {props.children}
    </svg>
  );
}

/** The part of a plot that is drawn in units of SPACE across and stretched to its width. */
export function Stretched({ height, children }: { height: number; children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${SPACE} ${height}`}
      preserveAspectRatio="none"
      width="100%"
      height={height}
    >
      {children}
    </svg>
  );
}

/** Words below a plot, each at its place across; the plot's label says what the eye sees here. */
export function AxisWords({ words }: { words: readonly { at: string; text: string }[] }) {
  return (
    <div className="relative mt-1.5 ml-(--gutter) h-4 text-[0.625rem]/3.5 text-ink-3" aria-hidden="true">
      {words.map(({ at, text }) => (
        <span key={at} className="absolute -translate-x-1/2 whitespace-nowrap" style={{ left: at }}>
          {text}
        </span>
      ))}
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
    <span className="inline-flex items-center gap-1">
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
