import type { CivilDate } from "../civil";
import type { Device } from "../scenario";

/** What one person's day was like, before it becomes anybody's wire format. */
export type Day = {
  date: CivilDate;
  /** Days since the scenario's first day: 0 there, negative in the history. */
  sinceStart: number;
  rmssdMs: number | null;
  /** Whether the watch recorded the night that ended on this day. */
  slept: boolean;
  sleepMinutes: number;
  restingHr: number;
  breathing: number;
  /** Cardio load of the whole day; null: the watch was not worn. */
  load: number | null;
  steps: number;
  device: Device;
  utcOffsetMinutes: number;
};

/** The days before a history starts have nothing at all: undefined. */
export type DaySource = (date: CivilDate) => Day | undefined;
