import type { Arena } from "./arena";
import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { SUSPECT, VALID_RMSSD_MS } from "./constants";
import { median } from "./median";

// Read once: a bundler turns every mention of an imported constant into a call.
const { min: LOWEST_MS, max: HIGHEST_MS } = VALID_RMSSD_MS;
const { days: WINDOW_DAYS, minValid: FEWEST, minDistance: MIN_DISTANCE, madFactor: MAD_FACTOR } = SUSPECT;
const { confirmed: CONFIRMED } = MARK;

/** What the gate made of a day's reading. */
export const READING = { none: 0, invalid: 1, suspect: 2, valid: 3 } as const;

export type GatedSeries = {
  /** ln RMSSD of valid days, NaN elsewhere. */
  x: Float64Array;
  /** Values of READING. */
  reading: Uint8Array;
};

// Multiples of 2^-42 (2e-13) add without rounding, so that window sums neither drift nor depend on their history.
const GRID = 2 ** 42;

/** ln(RMSSD / 1 ms), held to 2^-42. Task Force 1996, doi:10.1161/01.CIR.93.5.1043. */
export function lnRmssd(rmssdMs: number): number {
  return Math.round(Math.log(rmssdMs) * GRID) / GRID;
}

/**
 * The validity gate, forward in time within each segment: 5 to 250 ms is valid; a valid value far from the median of
 * the preceding 60 days is suspect, and left out of everything later, unless a person confirmed it.
 */
export function gate(columns: DayColumns, starts: Int32Array, space: Arena): GatedSeries {
  const { length, rmssdMs, marks } = columns;
  const x = space.floats().fill(Number.NaN);
  const reading = space.bytes();
  const window = gateWindow(x);
  for (let t = 0; t < length; t++) {
    window.moveTo(starts[t]!, t);
    const raw = rmssdMs[t]!;
    if (Number.isNaN(raw)) continue;
    if (raw < LOWEST_MS || raw > HIGHEST_MS) {
      reading[t] = READING.invalid;
      continue;
    }
    const value = lnRmssd(raw);
    if (!(marks[t]! & CONFIRMED) && window.isFarFrom(value)) {
      reading[t] = READING.suspect;
      continue;
    }
    x[t] = value;
    reading[t] = READING.valid;
  }
  return { x, reading };
}

/** The valid values of the 60 days before a day; sums answer almost always, sorting is the exception. */
function gateWindow(x: Float64Array) {
  let from = 0;
  let to = 0;
  let n = 0;
  let sum = 0;
  let squares = 0;

  function count(value: number, sign: number): void {
    if (Number.isNaN(value)) return;
    n += sign;
    sum += sign * value;
    squares += sign * value * value;
  }

  return {
    moveTo(start: number, t: number): void {
      if (start === t) {
        from = to = t;
        n = sum = squares = 0;
      }
      for (; to < t; to++) count(x[to]!, 1);
      for (; from < t - WINDOW_DAYS; from++) count(x[from]!, -1);
    },
    isFarFrom(value: number): boolean {
      if (n < FEWEST) return false;
      // The median lies within one SD of the mean: this bound spares the sort on ordinary days.
      const mean = sum / n;
      const slack = MIN_DISTANCE - 0.001 - Math.abs(value - mean);
      if (slack > 0 && squares / n - mean * mean < slack * slack) return false;
      return suspectTest(x, { from, to })(value);
    },
  };
}

/** The suspect rule against the valid values of x in `from` (included) to `to` (excluded). */
export function suspectTest(
  x: Float64Array,
  window: { from: number; to: number },
): (value: number) => boolean {
  const values = x.slice(window.from, window.to).filter((v) => !Number.isNaN(v));
  if (values.length < FEWEST) return () => false;
  const middle = median(values);
  const spread = MAD_FACTOR * median(values.map((v) => Math.abs(v - middle)));
  return (value) => Math.abs(value - middle) > MIN_DISTANCE && Math.abs(value - middle) > spread;
}
