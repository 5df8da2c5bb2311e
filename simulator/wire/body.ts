import { utcDateTime } from "../civil";
import type { BodyEntry } from "../generate/body";
import type { Athlete } from "../scenario";
import { userUrl, type WireContext } from "./context";

function thresholds(athlete: Athlete) {
  return { aerobic: Math.round(athlete.maximumHr * 0.75), anaerobic: Math.round(athlete.maximumHr * 0.9) };
}

/** A change of weight as the transaction gives it, kebab-case. */
export function transactionalBody(
  entry: BodyEntry,
  athlete: Athlete,
  transactionId: number,
  context: WireContext,
) {
  const { aerobic, anaerobic } = thresholds(athlete);
  return {
    id: entry.id,
    "transaction-id": transactionId,
    created: utcDateTime(entry.createdAt),
    "polar-user": userUrl(context),
    weight: entry.weightKg,
    height: athlete.heightCm,
    "maximum-heart-rate": athlete.maximumHr,
    "resting-heart-rate": athlete.restingHr,
    "aerobic-threshold": aerobic,
    "anaerobic-threshold": anaerobic,
    "vo2-max": athlete.vo2max,
    "weight-source": entry.measured ? "SOURCE_MEASURED" : "SOURCE_USER",
  };
}

const MODIFIED_MS = { truncated: 0, rounded: 500, later: 72_000 } as const;

/** `/v3/users/physical-info`: what holds now, snake_case. */
export function currentBody(entries: BodyEntry[], athlete: Athlete, { knobs }: WireContext) {
  const [first, last] = [entries[0], entries.at(-1)];
  if (!first || !last) return undefined;
  const { aerobic, anaerobic } = thresholds(athlete);
  const seconds = (ms: number) => utcDateTime(ms).replace(/\.\d{3}Z$/, "Z");
  const weight = knobs.singlePrecision ? Math.fround(last.weightKg) : last.weightKg;
  return {
    weight,
    height: athlete.heightCm,
    created: seconds(first.createdAt),
    modified: seconds(last.createdAt + MODIFIED_MS[knobs.bodyModified]),
    birthday: athlete.birthdate,
    gender: athlete.gender,
    maximum_heart_rate: athlete.maximumHr,
    resting_heart_rate: athlete.restingHr,
    aerobic_threshold: aerobic,
    anaerobic_threshold: anaerobic,
    vo2_max: athlete.vo2max,
    weight_source: last.measured ? "SOURCE_MEASURED" : "SOURCE_USER",
    training_background: "FREQUENT",
    typical_day: "MOSTLY_SITTING",
    sleep_goal: "PT8H",
  };
}
