import type { Sex } from "../../wearables/types";
import type { SessionLoadKind } from "./kind";
import { banisterOfSamples, edwardsOfSamples, sessionRpe } from "./trimp";

/** Changes whenever a stored session load could; stored with each of them. */
export const LOAD_FORMULA_VERSION = "1";

/** What a session load cannot be computed without. */
export const MISSING_INPUTS = [
  "heart-rate",
  "heart-rate-max",
  "heart-rate-rest",
  "heart-rate-range",
  "sex",
  "rpe",
] as const;
export type MissingInput = (typeof MISSING_INPUTS)[number];

/** An athlete's own figures, bpm; null where the profile does not have them. */
export type LoadBody = {
  heartRateMaxBpm: number | null;
  heartRateRestBpm: number | null;
  sex: Sex | null;
};

export type LoadSession = {
  durationS: number;
  /** Heart rates at a fixed interval, bpm; null where the sensor was silent. Null without a series. */
  heartRate: { bpm: readonly (number | null)[]; intervalS: number } | null;
  /** Perceived exertion of the whole session, 0 to 10; null when the athlete did not say. */
  rpe: number | null;
};

export type SessionLoads = Record<SessionLoadKind, number | null> & { missing: MissingInput[] };

/** A series has to cover this share of a session: what a lost strap left out is unknown, not rest. */
export const COVERED_SHARE = 0.9;

/** What each kind needs, in the order in which it is told. */
export const NEEDS = {
  banister: ["heart-rate", "heart-rate-max", "heart-rate-rest", "heart-rate-range", "sex"],
  edwards: ["heart-rate", "heart-rate-max"],
  "session-rpe": ["rpe"],
} as const satisfies Record<SessionLoadKind, readonly MissingInput[]>;

/** A session's load under every kind, arbitrary units; null where it lacks what the kind needs. docs/method/load.md. */
export function sessionLoads(session: LoadSession, body: LoadBody): SessionLoads {
  const missing = missingOf(session, body);
  const has = (kind: SessionLoadKind) => NEEDS[kind].every((input) => !missing.includes(input));
  const samples = {
    bpm: (session.heartRate?.bpm ?? []).map((bpm) => bpm ?? 0),
    intervalS: session.heartRate?.intervalS ?? 0,
  };
  const hrMaxBpm = body.heartRateMaxBpm ?? 0;
  const range = { hrRestBpm: body.heartRateRestBpm ?? 0, hrMaxBpm };
  const minutes = session.durationS / 60;
  return {
    banister: has("banister") && body.sex ? banisterOfSamples({ ...range, samples, sex: body.sex }) : null,
    edwards: has("edwards") ? edwardsOfSamples({ samples, hrMaxBpm }) : null,
    "session-rpe": session.rpe === null ? null : sessionRpe({ rpe: session.rpe, minutes }),
    missing,
  };
}

function missingOf(session: LoadSession, body: LoadBody): MissingInput[] {
  const { heartRateMaxBpm: max, heartRateRestBpm: rest } = body;
  const lacks: Record<MissingInput, boolean> = {
    "heart-rate": !isCovered(session),
    "heart-rate-max": max === null,
    "heart-rate-rest": rest === null,
    "heart-rate-range": max !== null && rest !== null && max <= rest,
    sex: body.sex === null,
    rpe: session.rpe === null,
  };
  return MISSING_INPUTS.filter((input) => lacks[input]);
}

function isCovered({ heartRate, durationS }: LoadSession): boolean {
  if (heartRate === null) return false;
  const heard = heartRate.bpm.filter((bpm) => bpm !== null && bpm > 0).length;
  return heard > 0 && heard * heartRate.intervalS >= COVERED_SHARE * durationS;
}
