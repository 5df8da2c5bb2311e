import type {
  DailyActivity,
  DailyLoad,
  HeartRateDay,
  Measurement,
  Night,
  Normalised,
  PhysicalInfo,
  Rejected,
  Sleep,
  Workout,
} from "./types";

type Of<K extends string, T> = { kind: K } & Normalised<T>;

/** The values of one payload, by kind. */
export type NormalisedPayload =
  | Of<"night", Night>
  | Of<"sleep", Sleep>
  | Of<"daily-load", DailyLoad>
  | Of<"daily-activity", DailyActivity>
  | Of<"workout", Workout>
  | Of<"physical-info", PhysicalInfo>
  | Of<"heart-rate-day", HeartRateDay>
  | Of<"measurement", Measurement>;

export type ValueKind = NormalisedPayload["kind"];

export type PayloadText = { resource: string; body: string /** ISO instant */; fetchedAt: string };

/** How a payload's text becomes values; never throws, what cannot be read is listed in `rejected`. */
export type Normalise = (
  payload: PayloadText,
) => NormalisedPayload | { kind: "nothing"; rejected: Rejected[] };

/** A provider's reader of its payloads, by their resource. The version is raised whenever it reads more or differently. */
export type Parser = { version: number; normalise: Normalise };
