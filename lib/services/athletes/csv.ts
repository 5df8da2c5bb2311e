import { csvOf } from "@/lib/csv";
import { bandMs } from "@/lib/readiness/band";
import type { AthleteDay } from "./view";

const ATHLETE = [
  "date",
  "level",
  "reason",
  "source",
  "rmssd_ms",
  "valid",
  "suspect",
  "z",
  "mean7_ms",
  "mean28_ms",
  "sd7_percent",
  "baseline_ms",
  "baseline_from_ms",
  "baseline_to_ms",
  "grade",
  "load",
  "load_kind",
  "load_ewma7",
  "load_ewma28",
  "resting_hr_bpm",
  "asleep_s",
  "deep_s",
  "light_s",
  "rem_s",
  "ans_charge",
  "life_stress",
  "left_out_tag",
  "travel",
];

/** An athlete's days, one line each. */
export function athleteCsv(days: readonly AthleteDay[]): string {
  return csvOf(
    ATHLETE,
    days.map((day) => [
      day.date,
      day.level,
      day.reason,
      day.source,
      day.rmssdMs,
      day.valid,
      day.suspect,
      day.z,
      day.mean7 === null ? null : Math.exp(day.mean7),
      day.mean28 === null ? null : Math.exp(day.mean28),
      day.sd7Percent,
      ...bandMs(day.baselineMean, day.baselineSd),
      day.baselineGrade,
      day.load,
      day.loadKind,
      day.loadEwma7,
      day.loadEwma28,
      day.heartRateBpm,
      day.asleepS,
      day.deepS,
      day.lightS,
      day.remS,
      day.ansCharge,
      day.lifeStress,
      day.excludedTag,
      day.travel,
    ]),
  );
}
