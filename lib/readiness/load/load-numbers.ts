import { arena } from "../arena";
import { changePercent, loadWindows } from "../load-windows";
import { fitnessFatigue } from "./fitness-fatigue";
import { fosterWeek } from "./foster";
import { loadRatios } from "./ratios";

/** A sum of the known days of a window, and how many those are. */
export type LoadSum = { sum: number; known: number; of: number };

/** An athlete's load as of an evening, in the unit of its kind; null where a window reaches too far back or holds an unknown day. */
export type LoadNumbers = {
  sum7: LoadSum | null;
  sum28: LoadSum | null;
  mean7: number | null;
  mean28: number | null;
  ewma7: number | null;
  ewma28: number | null;
  /** The seven days before the last seven, and the change against them; a change needs 14 known days. */
  before7: LoadSum | null;
  changePercent: number | null;
  monotony: number | null;
  strain: number | null;
  /** Chronic (42 d) and acute (7 d) load in the exponential form, and the morning after's balance; null before the first day. */
  fitness: { ctl: number; atl: number; tsb: number; settling: boolean } | null;
  coupled: number | null;
  uncoupled: number | null;
};

/** What the last days' loads come to. @param loads one entry a day, the last evening last; null where unknown */
export function loadNumbers(loads: readonly (number | null)[]): LoadNumbers {
  const ratios = loadRatios(loads).at(-1);
  const week = fosterWeek(loads.slice(-7));
  const [sum7, before7] = [sumOf(loads, 7, 0), sumOf(loads, 7, 7)];
  return {
    sum7,
    before7,
    sum28: sumOf(loads, 28, 0),
    mean7: ratios?.mean7 ?? null,
    mean28: ratios?.mean28 ?? null,
    ...weightedMeans(loads),
    changePercent: changeOf(sum7, before7),
    monotony: week?.monotony ?? null,
    strain: week?.strain ?? null,
    fitness: fitnessOf(loads),
    coupled: ratios?.coupled ?? null,
    uncoupled: ratios?.uncoupled ?? null,
  };
}

function sumOf(loads: readonly (number | null)[], days: number, ago: number): LoadSum | null {
  const end = loads.length - ago;
  if (end < days) return null;
  const known = loads.slice(end - days, end).filter((load) => load !== null);
  return { sum: known.reduce((sum, load) => sum + load, 0), known: known.length, of: days };
}

function changeOf(last: LoadSum | null, before: LoadSum | null): number | null {
  return last?.known === 7 && before?.known === 7 ? changePercent(last.sum, before.sum) : null;
}

function weightedMeans(loads: readonly (number | null)[]): Pick<LoadNumbers, "ewma7" | "ewma28"> {
  // Windows end the day before, so the morning after the last evening is one day further.
  const column = Float64Array.from([...loads, null], (load) => load ?? Number.NaN);
  const { ewma7, ewma28 } = loadWindows(column, arena(column.length));
  const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);
  return { ewma7: known(ewma7.at(-1)), ewma28: known(ewma28.at(-1)) };
}

function fitnessOf(loads: readonly (number | null)[]): LoadNumbers["fitness"] {
  const evening = fitnessFatigue(loads).at(-1);
  if (!evening) return null;
  const { ctl, atl, settling } = evening;
  return { ctl, atl, tsb: ctl - atl, settling };
}
