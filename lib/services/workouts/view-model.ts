import type { SessionLoadKind } from "@/lib/readiness/load/kind";
import type { MissingInput } from "@/lib/readiness/load/session-loads";
import type { CivilDate } from "@/lib/time/civil-date";
import type { HeartRateZone, RecordingFile, WorkoutPolar } from "@/lib/wearables/types";
import type { Series } from "./downsample";

/** The series that have a chart of their own. */
export const CHARTED_KINDS = [
  "heart-rate",
  "speed",
  "power",
  "cadence",
  "running-cadence",
  "altitude",
  "temperature",
] as const;
export type ChartedKind = (typeof CHARTED_KINDS)[number];

/** A stretch of a session in numbers: the charts' table. */
export type Split = { fromS: number; toS: number; means: Partial<Record<ChartedKind, number | null>> };

/** A session's load of one kind in arbitrary units, or what it lacks. */
export type SessionLoad = { kind: SessionLoadKind; load: number | null; missing: MissingInput[] };

export type WorkoutView = {
  id: string;
  athlete: { id: string; name: string };
  squad: { id: string; name: string; timeZone: string };
  date: CivilDate;
  /** Local wall-clock time of the athlete at the start, `HH:MM`. */
  startedAt: string;
  sport: string;
  durationS: number;
  distanceM: number | null;
  /** Of runs only. */
  paceSPerKm: number | null;
  energyKcal: number | null;
  heartRateAvgBpm: number | null;
  heartRateMaxBpm: number | null;
  cardioLoad: number | null;
  device: string | null;
  zones: HeartRateZone[];
  polar: WorkoutPolar;
  /** Empty until they are computed. */
  loads: SessionLoad[];
  /** Formats in which Polar keeps the recording. */
  fileFormats: RecordingFile["format"][];
  series: { kind: ChartedKind; series: Series }[];
  splits: Split[];
  /** For those who may read what Polar sent. */
  payloadIds: string[];
};
