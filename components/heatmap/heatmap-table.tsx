"use client";

import Link from "next/link";
import { LevelGlyph } from "@/components/ui/level-glyph";
import { type Level, MAILED_LEVELS } from "@/lib/readiness/types";
import { GridKeys } from "./grid-keys";
import styles from "./heatmap.module.css";
import { type CellDisplay, type DayDisplay, type HeatmapRowDisplay, MARKS } from "./heatmap-display";

export type HeatmapWords = {
  caption: string;
  athlete: string;
  nights: string;
  flaggedDays: string;
  load: string;
  mornings: string;
  nothing: string;
};

type HeatmapTableProps = {
  rows: readonly HeatmapRowDisplay[];
  days: readonly DayDisplay[];
  words: HeatmapWords;
  /** z in every cell instead of a glyph. */
  numbers: boolean;
};

// A table whose cells are moved through with the arrow keys.
const GRID = { role: "grid" } as const;

/** Athletes by days; one tab stop, arrow keys inside. */
export function HeatmapTable({ rows, days, words, numbers }: HeatmapTableProps) {
  return (
    <GridKeys>
      <table
        className={`${styles.heat} ${styles.fills} w-auto min-w-full table-fixed phone:w-max phone:min-w-0 print:[print-color-adjust:exact]`}
        aria-label={words.caption}
        {...GRID}
      >
        <thead>
          <DayHeads days={days} words={words} />
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.id}>
              <th scope="row" className="text-ink">
                <Today cell={row.cells.at(-1) ?? null} />
                <Link href={`/athletes/${row.id}`} prefetch={false}>
                  {row.name}
                </Link>
              </th>
              {days.map((day, d) => (
                <Cell
                  key={day.date}
                  row={row}
                  cell={row.cells[d] ?? null}
                  day={day}
                  words={words}
                  numbers={numbers}
                  tabStop={i === 0 && d === days.length - 1}
                />
              ))}
              <td data-sum className="num">
                {row.sums[0]}
                <span className="text-ink-3"> / {days.length}</span>
              </td>
              <td data-sum className="num">
                {row.sums[1]}
              </td>
              <td data-sum className="num">
                {row.sums[2]}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <Mornings days={days} words={words} />
        </tfoot>
      </table>
    </GridKeys>
  );
}

/** Today's level before the name; the last cell says it in words. */
function Today({ cell }: { cell: CellDisplay | null }) {
  const level = cell?.[0] ?? "no-verdict";
  return <LevelGlyph level={level} size={11} className={`mr-[7px] align-[-1px] mark-${level}`} />;
}

function DayHeads({ days, words }: { days: readonly DayDisplay[]; words: HeatmapWords }) {
  const last = days.at(-1)?.date;
  return (
    <tr>
      <th scope="col">{words.athlete}</th>
      {days.map(({ date, weekend, ...day }) => (
        <th
          key={date}
          scope="col"
          className={date === last ? "font-[650] text-ink" : weekend ? undefined : "text-ink-2"}
        >
          <span aria-hidden="true">{day.weekday}</span>
          <span aria-hidden="true">{day.day}</span>
          <span className="sr-only">{day.words}</span>
        </th>
      ))}
      {[words.nights, words.flaggedDays, words.load].map((word) => (
        <th key={word} scope="col" data-sum className="num">
          {word}
        </th>
      ))}
    </tr>
  );
}

type CellProps = {
  row: HeatmapRowDisplay;
  cell: CellDisplay | null;
  day: DayDisplay;
  words: HeatmapWords;
  numbers: boolean;
  tabStop: boolean;
};

/** One athlete on one day: fill and glyph for the level, a bar for that day's load. */
function Cell({ row, cell, day, words, numbers, tabStop }: CellProps) {
  const where = `${row.name}, ${day.words}, `;
  if (!cell) return <td aria-label={where + words.nothing} />;
  const [level, says, load, marks] = cell;
  const drawn = (["provisional", "missing"] as const).filter((mark) => marks.includes(MARKS[mark])).join(" ");
  return (
    <td>
      <a href={`/athletes/${row.id}?day=${day.date}`} tabIndex={tabStop ? 0 : -1} aria-label={where + says}>
        <span data-level={level} data-marks={drawn || undefined}>
          {numbers ? (/z ([+−]?\d+(?:[.,]\d+)?)/.exec(says)?.[1] ?? "–") : <Inside level={level} />}
        </span>
        <i style={load === null ? undefined : { width: `${load}%` }} />
        {marks.includes(MARKS.noted) ? <b /> : null}
      </a>
    </td>
  );
}

function Inside({ level }: { level: Level }) {
  if (level === "steady" || level === "no-verdict") return null;
  return <LevelGlyph level={level} size={11} />;
}

/** Flagged athletes of each morning, stacked by level. */
function Mornings({ days, words }: { days: readonly DayDisplay[]; words: HeatmapWords }) {
  return (
    <tr>
      <th scope="row">{words.mornings}</th>
      {days.map(({ date, flagged }) => (
        <td key={date}>
          <span className="flex h-6.5 flex-col items-center justify-end" aria-hidden="true">
            {MAILED_LEVELS.map((level, i) => (
              <i
                key={level}
                style={{ height: Math.min(26, (flagged[i] ?? 0) * 5), background: `var(--fill-${level})` }}
              />
            ))}
          </span>
          {flagged[0] + flagged[1] + flagged[2]}
        </td>
      ))}
      <td colSpan={3} />
    </tr>
  );
}
