import { NO_TIMING, type Timing } from "@/lib/hrv/morning-reading";
import { readNumber } from "./read-readings";

/** A beat's time in seconds, and null where the cell holds none. */
export type Times = (number | null)[];

const DAY_S = 86_400;

const ISO = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:[.,]\d+)?)\s*(?:Z|[+-]\d{2}:?\d{2})?$/i;

const CLOCK = /^(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}[ T])?(\d{1,2}):(\d{2}):(\d{2}(?:[.,]\d+)?)\s*([ap]m)?/i;

const UNITS = { s: 1, ms: 1e3, us: 1e6, ns: 1e9 };

/** Times of one packet of a strap may lie this far from their beats. */
const PACKET_S = 2.5;

const WINDOW = 12;

/** The times of a column; null where it is none: too few cells are times, nothing passes, or it only counts the lines. */
export function timesOf(cells: readonly string[], heading: string, rrMs: readonly number[]): Times | null {
  const read = cells.map(readTime);
  const known = read.flatMap((time) => (time === null ? [] : [time.value]));
  if (known.length < 2 || known.length < cells.length * 0.95) return null;
  const isClock = read.some((time) => time?.kind === "clock");
  const values = isClock
    ? overMidnight(read.map((time) => time?.value ?? null))
    : read.map((t) => t?.value ?? null);
  const span = spanOf(values);
  if (span === 0 || (isCount(known, heading) && new Set(rrMs).size > 1)) return null;
  const durationS = rrMs.reduce((sum, rr) => sum + rr, 0) / 1000;
  const factor = read.some((time) => time?.kind === "number")
    ? unitOfTime(heading, Math.abs(span), durationS)
    : 1;
  return values.map((value) => (value === null ? null : value / factor));
}

/** Where the times run back by more than a packet; undefined where they do not. */
export function backwardsAt(times: Times): number | undefined {
  let latest = Number.NEGATIVE_INFINITY;
  for (const [i, time] of times.entries()) {
    if (time === null) continue;
    if (time < latest - PACKET_S) return i;
    latest = Math.max(latest, time);
  }
  return undefined;
}

/** What the times tell of the intervals: the share of the span they fill, and where beats are missing between them. */
export function timingOf(rrMs: readonly number[], times: Times | null): Timing {
  if (times === null) return NO_TIMING;
  const sumS = rrMs.reduce((sum, rr) => sum + rr, 0) / 1000;
  return { coverage: sumS / spanOf(times), afterGap: gapsOf(rrMs, times) };
}

/*
 * How far a beat's time runs ahead of the sum of the intervals: steady where none is missing, higher after a gap. Times
 * of a packet are the same for several beats, so that only what stays ahead of the beats before it by more counts.
 */
function gapsOf(rrMs: readonly number[], times: Times): Set<number> {
  let summedS = 0;
  const ahead = rrMs.map((rr, i) => {
    summedS += rr / 1000;
    const time = times[i];
    return time === null || time === undefined ? null : time - summedS;
  });
  const jumps = ahead.flatMap((value, i) => {
    const before = ahead[i - 1];
    return value === null || before === null || before === undefined ? [] : [Math.abs(value - before)];
  });
  const jitterS = jumps.toSorted((a, b) => a - b)[Math.floor(jumps.length * 0.5)] ?? 0;
  const meanS = summedS / rrMs.length;
  const allowedS = jitterS < 0.1 * meanS ? 0.6 * meanS : PACKET_S;
  const gaps = new Set<number>();
  let since = 0;
  for (const [i, value] of ahead.entries()) {
    if (value === null) continue;
    const before = ahead.slice(Math.max(since, i - WINDOW), i).filter((other) => other !== null);
    if (before.length === 0 || value - Math.max(...before) <= allowedS) continue;
    gaps.add(i);
    since = i;
  }
  return gaps;
}

function spanOf(values: Times): number {
  const known = values.filter((value) => value !== null);
  return (known.at(-1) ?? 0) - (known[0] ?? 0);
}

type ReadTime = { kind: "number" | "instant" | "clock"; value: number };

function readTime(cell: string): ReadTime | null {
  const iso = ISO.exec(cell);
  if (iso) return { kind: "instant", value: Date.parse(`${iso[1]}T${iso[2]!.replace(",", ".")}Z`) / 1000 };
  const clock = CLOCK.exec(cell);
  if (clock) {
    const hour = (Number(clock[1]) % (clock[4] ? 12 : 24)) + (clock[4]?.toLowerCase() === "pm" ? 12 : 0);
    return {
      kind: "clock",
      value: (hour * 60 + Number(clock[2])) * 60 + Number(clock[3]!.replace(",", ".")),
    };
  }
  const value = readNumber(cell);
  return value === null ? null : { kind: "number", value };
}

function overMidnight(values: Times): Times {
  let days = 0;
  let last = 0;
  return values.map((value) => {
    if (value === null) return null;
    if (value < last - DAY_S / 2) days++;
    last = value;
    return value + days * DAY_S;
  });
}

/** 1, 2, 3 …: the number of the line, not a time, unless the heading names its unit. */
function isCount(values: readonly number[], heading: string): boolean {
  return (
    unitNamed(heading) === undefined && values.every((value, i) => i === 0 || value - values[i - 1]! === 1)
  );
}

function unitNamed(heading: string): string | undefined {
  return /(?:^|[[(\s_.-])(ns|us|µs|ms|msec|s|sec|seconds?)(?:$|[\])\s])/i.exec(heading)?.[1]?.toLowerCase();
}

function unitOfTime(heading: string, span: number, durationS: number): number {
  const named = unitNamed(heading);
  if (named?.startsWith("n")) return UNITS.ns;
  if (named?.startsWith("u") || named?.startsWith("µ")) return UNITS.us;
  if (named?.startsWith("m")) return UNITS.ms;
  if (named?.startsWith("s")) return UNITS.s;
  const misfit = (factor: number) => Math.abs(Math.log(span / factor / durationS));
  return Object.values(UNITS).reduce((best, factor) => (misfit(factor) < misfit(best) ? factor : best));
}
