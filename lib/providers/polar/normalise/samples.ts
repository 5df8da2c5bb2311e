import { isPlausible, type Quantity } from "@/lib/wearables/plausible";
import type { Rejected, SampleKind, WorkoutSample } from "@/lib/wearables/types";
import type { ExercisePayload } from "../schemas/exercise";
import { openDoor } from "./value";

/** Polar's sample types in the order of their numbers (documentation, appendix "Exercise sample types"), and what each holds. */
const KINDS: readonly (readonly [SampleKind, Quantity])[] = [
  ["heart-rate", "heartRateBpm"],
  ["speed", "speedKmh"],
  ["cadence", "cadencePerMin"],
  ["altitude", "altitudeM"],
  ["power", "powerW"],
  ["pedaling-index", "percent"],
  ["power-balance", "percent"],
  ["air-pressure", "pressureHpa"],
  ["running-cadence", "cadencePerMin"],
  ["temperature", "temperatureCelsius"],
  ["distance", "distanceM"],
  ["rr", "rrMs"],
];

/** Kinds in which a 0 can only mean that the sensor was silent. */
const NEVER_ZERO: ReadonlySet<SampleKind> = new Set(["heart-rate", "rr", "air-pressure"]);

function measured(cell: string, kind: SampleKind): number | null {
  const trimmed = cell.trim();
  if (trimmed === "" || trimmed.toLowerCase() === "null") return null;
  const value = Number(trimmed);
  return value === 0 && NEVER_ZERO.has(kind) ? null : value;
}

/**
 * Reads Polar's comma-separated series. Blank, `null`, and a zero where none is possible become null; what is no
 * number, or cannot be one of its kind, is rejected one by one. RR series come without a recording rate. A second
 * series of one kind is rejected.
 */
export function readSamples(samples: ExercisePayload["samples"]): {
  samples: WorkoutSample[];
  rejected: Rejected[];
} {
  const read: WorkoutSample[] = [];
  const door = openDoor([]);
  (samples ?? []).forEach((sample, at) => {
    const path = `samples[${at}]`;
    const [kind, quantity] = KINDS[numberOf(sample.sample_type)] ?? [];
    if (!kind || !quantity)
      door.rejected.push({ path: `${path}.sample-type`, reason: "unknown-sample-type" });
    else if (read.some((other) => other.kind === kind)) door.rejected.push({ path, reason: "second-series" });
    else
      read.push({
        kind,
        recordingRateS: door.aboveZero("recordingRateS", sample.recording_rate, `${path}.recording-rate`),
        values: seriesOf(sample.data, { kind, quantity }),
      });
  });
  return { samples: read, rejected: door.rejected };

  function seriesOf(data: string, of: { kind: SampleKind; quantity: Quantity }): (number | null)[] {
    if (data.trim() === "") return [];
    return data.split(",").map((cell, position) => {
      const value = measured(cell, of.kind);
      if (value === null || isPlausible(of.quantity, value)) return value;
      const reason = Number.isNaN(value) ? "expected-number" : "out-of-range";
      door.rejected.push({ path: `samples.${of.kind}[${position}]`, reason });
      return null;
    });
  }
}

/** The number of a sample type, which comes as text or as a number; NaN for none. */
function numberOf(sampleType: string | number): number {
  return typeof sampleType === "string" && sampleType.trim() === "" ? Number.NaN : Number(sampleType);
}
