import type { Rejected, SampleKind, WorkoutSample } from "@/lib/wearables/types";
import type { ExercisePayload } from "../schemas/exercise";

/** Polar's sample types in the order of their numbers (documentation, appendix "Exercise sample types"). */
const KINDS: readonly SampleKind[] = [
  "heart-rate",
  "speed",
  "cadence",
  "altitude",
  "power",
  "pedaling-index",
  "power-balance",
  "air-pressure",
  "running-cadence",
  "temperature",
  "distance",
  "rr",
];

/** Kinds in which a 0 can only mean that the sensor was silent. */
const NEVER_ZERO: ReadonlySet<SampleKind> = new Set(["heart-rate", "rr", "air-pressure"]);

function kindOf(sampleType: string | number): SampleKind {
  return KINDS[Number(sampleType)] ?? "unknown";
}

function measured(cell: string, kind: SampleKind): number | null {
  const trimmed = cell.trim();
  if (trimmed === "" || trimmed.toLowerCase() === "null") return null;
  const value = Number(trimmed);
  return value === 0 && NEVER_ZERO.has(kind) ? null : value;
}

/**
 * Reads Polar's comma-separated series. Blank, `null`, and a zero where none is possible become null; what is no
 * number is rejected one by one. RR series come without a recording rate. A second series of one kind is rejected.
 */
export function readSamples(samples: ExercisePayload["samples"]): {
  samples: WorkoutSample[];
  rejected: Rejected[];
} {
  const read: WorkoutSample[] = [];
  const rejected: Rejected[] = [];
  (samples ?? []).forEach((sample, at) => {
    const kind = kindOf(sample.sample_type);
    const path = `samples[${at}]`;
    if (kind === "unknown") rejected.push({ path: `${path}.sample-type`, reason: "unknown-sample-type" });
    else if (read.some((other) => other.kind === kind)) rejected.push({ path, reason: "second-series" });
    else
      read.push({ kind, recordingRateS: sample.recording_rate ?? null, values: seriesOf(sample.data, kind) });
  });
  return { samples: read, rejected };

  function seriesOf(data: string, kind: SampleKind): (number | null)[] {
    if (data.trim() === "") return [];
    return data.split(",").map((cell, position) => {
      const value = measured(cell, kind);
      if (value === null || (Number.isFinite(value) && Math.abs(value) < 1e9)) return value;
      rejected.push({ path: `samples.${kind}[${position}]`, reason: "expected-number" });
      return null;
    });
  }
}
