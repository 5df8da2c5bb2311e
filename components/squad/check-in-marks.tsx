"use client";

import type { CellProps } from "./column";

/** The answers of a morning, each 1 to 7 or null where that question was left out, and all of them in words; or words alone. */
export type CheckInValue = readonly [words: string, marks: readonly (number | null)[]] | readonly [string];

const STEP = 22;
const LENGTH = 18;
const WIDTH = 4 * STEP - (STEP - LENGTH);
const MIDDLES = [0, 1, 2, 3].map((i) => i * STEP + LENGTH / 2).join(" ");

/** Four figures, each over a bar as long as it is high; a dash over a dotted line is no answer. */
export function CheckInMarks({ value: [words, marks] }: CellProps<CheckInValue>) {
  if (!marks) return <span className="text-ink-3 text-label">{words}</span>;
  return (
    <span
      className="block phone:flex phone:items-center phone:gap-3 phone:text-cell phone:after:content-[attr(title)]"
      role="img"
      title={words}
    >
      <svg width={WIDTH} height="24" aria-hidden="true">
        <text className="fill-ink text-cell" x={MIDDLES} y="12" textAnchor="middle">
          {marks.map((mark) => mark ?? "–").join("")}
        </text>
        <path d={bars(marks, () => LENGTH)} stroke="var(--line-strong)" strokeWidth="4" />
        <path d={bars(marks, (mark) => (mark / 7) * LENGTH)} stroke="var(--data)" strokeWidth="4" />
        <path d={dotted(marks)} stroke="var(--ink-3)" strokeDasharray="1.5 3" />
      </svg>
    </span>
  );
}

function bars(marks: readonly (number | null)[], lengthOf: (mark: number) => number): string {
  return marks
    .map((mark, i) => (mark === null ? "" : `M${i * STEP} 20h${Math.round(lengthOf(mark) * 10) / 10}`))
    .join("");
}

function dotted(marks: readonly (number | null)[]): string {
  return marks.map((mark, i) => (mark === null ? `M${i * STEP} 20h${LENGTH}` : "")).join("");
}
