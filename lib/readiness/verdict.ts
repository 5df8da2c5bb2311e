import type { Arena } from "./arena";
import type { Baseline } from "./baseline";
import type { DayColumns } from "./columns";
import { MARK } from "./columns";
import { BASELINE_NIGHTS, SETTLING_DAYS } from "./constants";
import { READING } from "./gate";
import { NO_VERDICT_REASONS } from "./types";

// Read once: a bundler turns every mention of an imported constant into a call.
const { valid: VALID } = READING;
const { newDevice: NEW_DEVICE, newSource: NEW_SOURCE } = MARK;
const { provisional: FEWEST } = BASELINE_NIGHTS;
const SETTLING = SETTLING_DAYS;

/** Reasons in order of precedence; `REASONS[0]` means that there is a verdict. */
export const REASONS = [null, ...NO_VERDICT_REASONS] as const;

/** Index into REASONS for every day. A change of device explains an empty baseline better than "building" does. */
export function verdictReasons(
  columns: DayColumns,
  parts: { starts: Int32Array; reading: Uint8Array; base: Baseline },
  space: Arena,
): Uint8Array {
  const reasons = space.bytes();
  for (let t = 0; t < columns.length; t++) reasons[t] = reasonAt(columns, parts, t);
  return reasons;
}

function reasonAt(
  { marks }: DayColumns,
  { starts, reading, base }: { starts: Int32Array; reading: Uint8Array; base: Baseline },
  t: number,
): number {
  if (reading[t] !== VALID) return 1 + reading[t]!;
  const start = starts[t]!;
  if (t - start < SETTLING && marks[start]! & NEW_DEVICE) return 4;
  if (t - start < SETTLING && marks[start]! & NEW_SOURCE) return 5;
  if (base.n[t]! < FEWEST) return 6;
  return marks[t]! & MARK.excluded ? 7 : 0;
}
