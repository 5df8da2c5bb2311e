import type { Night } from "../generate/night";
import { between, randomFor, round } from "../random";

/** SleepWise times are naive and UTC. */
function naiveUtc(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19);
}

const hourMs = 3_600_000;
const levels = ["MINIMAL", "VERY_LOW", "LOW", "HIGH", "VERY_HIGH"];

function hourly(night: Night) {
  return Array.from({ length: 15 }, (_, hour) => {
    const level = levels[Math.round(4 - Math.abs(hour - 5) / 3)] ?? "LOW";
    return {
      validity: "VALIDITY_VALID",
      alertness_level: `ALERTNESS_LEVEL_${level}`,
      start_time: naiveUtc(night.endMs + hour * hourMs),
      end_time: naiveUtc(night.endMs + (hour + 1) * hourMs),
    };
  });
}

export function alertness(night: Night) {
  const random = randomFor("alertness", night.date, night.startMs);
  const grade = round(between(random, 5, 9.9), 1);
  return {
    grade,
    grade_validity_seconds: 57_600,
    grade_type: "GRADE_TYPE_PRIMARY",
    grade_classification: `GRADE_CLASSIFICATION_${grade > 8.5 ? "EXCELLENT" : grade > 7 ? "STRONG" : "FAIR"}`,
    validity: "VALIDITY_VALID",
    sleep_inertia: "SLEEP_INERTIA_MILD",
    sleep_type: "SLEEP_TYPE_PRIMARY",
    result_type: "ALERTNESS_TYPE_HISTORY",
    period_start_time: naiveUtc(night.endMs),
    period_end_time: naiveUtc(night.endMs + 15 * hourMs),
    sleep_period_start_time: `${naiveUtc(night.startMs)}.57`,
    sleep_period_end_time: `${naiveUtc(night.endMs)}.57`,
    sleep_timezone_offset_minutes: night.offsetAt(night.endMs),
    hourly_data: hourly(night),
  };
}

export function circadianBedtime(night: Night) {
  const gate = night.startMs - 900_000;
  return {
    validity: "VALIDITY_VALID",
    quality: "CIRCADIAN_BEDTIME_QUALITY_CLEARLY_RECOGNIZABLE",
    result_type: "CIRCADIAN_BEDTIME_TYPE_HISTORY",
    period_start_time: naiveUtc(night.startMs),
    period_end_time: naiveUtc(night.endMs),
    preferred_sleep_period_start_time: naiveUtc(night.startMs - 600_000),
    preferred_sleep_period_end_time: naiveUtc(night.endMs - 600_000),
    sleep_gate_start_time: naiveUtc(gate),
    sleep_gate_end_time: naiveUtc(gate + 1_800_000),
    sleep_timezone_offset_minutes: night.offsetAt(night.endMs),
  };
}
