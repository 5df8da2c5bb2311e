import type { Arena } from "./arena";

/** What a day's input says beside its numbers; bits of `DayColumns.marks`. */
export const MARK = {
  confirmed: 1,
  excluded: 2,
  newDevice: 4,
  newSource: 8,
  morning: 16,
  travel: 32,
  newUsual: 64,
} as const;

/** Marks of a day on which a new segment begins: nothing is compared across it. */
export const NEW_SEGMENT = MARK.newDevice | MARK.newSource;

/** One athlete's history by calendar day without holes; index 0 is `firstDay` (days after 1970-01-01). */
export type DayColumns = {
  firstDay: number;
  length: number;
  /** RMSSD in ms as stored, NaN when there is no reading. */
  rmssdMs: Float64Array;
  /** Heart rate of the same reading in bpm, NaN when there is none or none that can be. */
  heartRateBpm: Float64Array;
  /** Daily load, NaN when unknown. */
  load: Float64Array;
  marks: Uint8Array;
};

/** For each day the index at which its segment (one device, one source) begins. */
export function segmentStarts(columns: DayColumns, space: Arena): Int32Array {
  const starts = space.ints();
  let start = 0;
  for (let t = 0; t < columns.length; t++) {
    if (columns.marks[t]! & NEW_SEGMENT) start = t;
    starts[t] = start;
  }
  return starts;
}
