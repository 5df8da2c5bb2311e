import type { PhysicalInfo } from "./types";

/** Two times of one entry differ by their precision at most. */
const PRECISION_MS = 1000;
/** Entries that agree in everything are one weighing when they lie so close: it was noted once and changed later. */
const SAME_WEIGHING_MS = 10 * 60_000;
/** Numbers rounded to a tenth differ by so much. */
const ROUNDING = 0.051;

const NUMBERS = [
  "weightKg",
  "heightCm",
  "heartRateMaxBpm",
  "heartRateRestBpm",
  "aerobicThresholdBpm",
  "anaerobicThresholdBpm",
  "vo2Max",
] as const;

type Numbers = { [K in (typeof NUMBERS)[number]]: number | null };
/** Body data of a moment, ms since 1970. */
export type BodyEntry = Numbers & Pick<PhysicalInfo, "sex" | "polar"> & { recordedMs: number };

const agree = (a: number | null, b: number | null) => a === null || b === null || Math.abs(a - b) <= ROUNDING;

/**
 * Whether two entries are one. Polar notes a weighing once: with milliseconds (`created`) in a transaction, in whole
 * seconds (`modified`, which may be later) in the plain resource.
 */
export function isSameEntry(a: BodyEntry, b: BodyEntry): boolean {
  const apartMs = Math.abs(a.recordedMs - b.recordedMs);
  if (apartMs < PRECISION_MS) return true;
  return apartMs <= SAME_WEIGHING_MS && NUMBERS.every((name) => agree(a[name], b[name]));
}

const decimals = (value: number) => String(value).split(".")[1]?.length ?? 0;

/** Of two roundings of a number the finer one; of two different numbers the one that came later. */
function numberOf(before: number | null, after: number | null): number | null {
  if (before === null || after === null) return after ?? before;
  if (!agree(before, after)) return after;
  if (decimals(before) !== decimals(after)) return decimals(before) > decimals(after) ? before : after;
  return Math.min(before, after);
}

const SOURCE = "weight_source";

function polarOf(before: Record<string, string>, after: Record<string, string>): Record<string, string> {
  const sources = [before[SOURCE], after[SOURCE]].filter((source) => source !== undefined).sort();
  const source = sources.includes("SOURCE_MEASURED") ? "SOURCE_MEASURED" : sources[0];
  const both = { ...before, ...after };
  return source === undefined ? both : { ...both, [SOURCE]: source };
}

/** One entry of two: the earlier time, and what either of them knows. @param after the one that came later */
export function joinedEntry(before: BodyEntry, after: BodyEntry): BodyEntry {
  const numbers = Object.fromEntries(
    NUMBERS.map((name) => [name, numberOf(before[name], after[name])]),
  ) as Numbers;
  return {
    ...numbers,
    recordedMs: Math.min(before.recordedMs, after.recordedMs),
    sex: after.sex ?? before.sex,
    polar: polarOf(before.polar, after.polar),
  };
}
