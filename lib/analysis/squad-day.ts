import { HRV_SOURCES, type HrvSource, type ScoredDay } from "../readiness/types";
import { mean } from "./pearson";

/** One athlete on one day: today's z and how far the 7-day mean moved in a week, in own SDs. */
export type AthleteDay = {
  athleteId: string;
  source: HrvSource;
  z: number | null;
  weekChange: number | null;
};

/** Five-number summary; null of nothing. */
type Spread = { n: number; min: number; q1: number; median: number; q3: number; max: number };

export type SquadDay = {
  source: HrvSource;
  z: Spread | null;
  weekChange: Spread | null;
  /** Share of athletes with z below -1. */
  shareBelow: number;
  /** The squad's mean z lies further from 0 than independent athletes would put it once in 370 days. */
  together: "down" | "up" | null;
  /** Each athlete's z less the median of the others; null without a z or without others. */
  againstSquad: { athleteId: string; difference: number | null }[];
};

const FEWEST_ATHLETES = 5;
const TOGETHER_SE = 3;

/** A squad's day, apart for each source: readings of different sources are never compared. */
export function squadDay(athletes: readonly AthleteDay[]): SquadDay[] {
  return HRV_SOURCES.flatMap((source) => {
    const group = athletes.filter((athlete) => athlete.source === source);
    return group.length > 0 ? [oneSource(source, group)] : [];
  });
}

/** Change of the 7-day mean over a week in units of today's baseline SD, from scored days in date order; null where undefined. */
export function weekChange(days: readonly ScoredDay[], index: number): number | null {
  const now = days[index];
  const before = days[index - 7];
  if (!now?.baseline.sd || now.mean7 === null || (before?.mean7 ?? null) === null) return null;
  return (now.mean7 - before!.mean7!) / now.baseline.sd;
}

function oneSource(source: HrvSource, group: readonly AthleteDay[]): SquadDay {
  const values = group.flatMap(({ z }) => (z === null ? [] : [z]));
  const sorted = Float64Array.from(values).sort();
  return {
    source,
    z: spreadOf(values),
    weekChange: spreadOf(group.flatMap(({ weekChange }) => (weekChange === null ? [] : [weekChange]))),
    shareBelow: values.length > 0 ? values.filter((z) => z < -1).length / values.length : 0,
    together: togetherOf(values),
    againstSquad: group.map(({ athleteId, z }) => ({ athleteId, difference: againstOthers(z, sorted) })),
  };
}

function togetherOf(values: readonly number[]): "down" | "up" | null {
  if (values.length < FEWEST_ATHLETES) return null;
  const standardised = mean(values) * Math.sqrt(values.length);
  if (Math.abs(standardised) < TOGETHER_SE) return null;
  return standardised < 0 ? "down" : "up";
}

/** z less the median of all sorted values but one equal to it: sorted once for the squad, not once for each athlete. */
function againstOthers(z: number | null, sorted: Float64Array): number | null {
  const others = sorted.length - 1;
  if (z === null || others < 1) return null;
  const own = sorted.indexOf(z);
  const at = (place: number) => sorted[place < own ? place : place + 1]!;
  const middle = (others - 1) / 2;
  const below = at(Math.floor(middle));
  return z - (below + (middle % 1) * (at(Math.ceil(middle)) - below));
}

function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const position = share * (sorted.length - 1);
    const below = Math.floor(position);
    const above = sorted[below + 1] ?? sorted[below]!;
    return sorted[below]! + (position - below) * (above - sorted[below]!);
  };
  return { n: sorted.length, min: at(0), q1: at(0.25), median: at(0.5), q3: at(0.75), max: at(1) };
}
