import { addDays, type CivilDate } from "../time/civil-date";
import { instantOf } from "../time/zone";

const MINUTE_MS = 60_000;
/** Room between the latest moment of a decision and the end of the morning, where the hour is late in the day. */
const ROOM_MINUTES = 30;
/** Minutes before the end of the morning at which what is there has to do. */
const LAST_CALL_MINUTES = 5;
/** Minutes that news which came after the morning mail wait for more of its kind. */
const GATHER_MINUTES = 30;

/** A squad's morning on one civil day, as instants in ms. */
export type MorningHours = {
  /** The squad's hour: nothing is decided before it. */
  mailAtMs: number;
  /** However few nights are in, the morning is decided now. */
  latestAtMs: number;
  /** From here on nobody is mailed any more: 12:00 local, later only where the squad's own hour is. */
  closesAtMs: number;
};

/** The hours of a squad's morning on its civil day, over clock changes too. */
export function morningHours(input: {
  date: CivilDate;
  timeZone: string;
  /** Local wall-clock time, `HH:MM`. */
  mailTime: string;
  /** Minutes after the hour at which the squad waits for nights no longer. */
  latestMinutes: number;
}): MorningHours {
  const { date, timeZone, mailTime } = input;
  const at = (time: string, of = date) => instantOf({ date: of, time, timeZone }).getTime();
  const mailAtMs = at(mailTime);
  const wantedMs = mailAtMs + input.latestMinutes * MINUTE_MS;
  const dayEndsMs = at("00:00", addDays(date, 1));
  const closesAtMs = Math.min(Math.max(at("12:00"), wantedMs + ROOM_MINUTES * MINUTE_MS), dayEndsMs);
  const lastCallMs = closesAtMs - LAST_CALL_MINUTES * MINUTE_MS;
  return { mailAtMs, latestAtMs: Math.max(mailAtMs, Math.min(wantedMs, lastCallMs)), closesAtMs };
}

export type MorningMoment = {
  nowMs: number;
  hours: MorningHours;
  /** Since when the jobs run without a gap. */
  awakeSinceMs: number;
  /** A sync cycle that began when the morning could be decided at the earliest (`readyAtMs`) has ended for the squad. */
  cycleEnded: boolean;
  nightsIn: number;
  nightsExpected: number;
  /** Share of the expected nights that is waited for, in percent. */
  sharePercent: number;
};

export type MorningDecision =
  | { kind: "wait"; for: "hour" | "cycle" | "nights" }
  /** `isLate`: the machine slept over the hour. */
  | { kind: "decide"; why: "enough" | "latest"; isLate: boolean }
  /** Too late for a mail: the morning was missed. */
  | { kind: "close" };

/** When a morning can be decided at the earliest: at its hour, or at the machine's start where that came after it. */
export function readyAtMs({ hours, awakeSinceMs }: Pick<MorningMoment, "hours" | "awakeSinceMs">): number {
  return Math.max(hours.mailAtMs, awakeSinceMs);
}

/**
 * What to do about a squad's morning that is not decided yet. It is decided on data: once a sync cycle that began after
 * the hour (or the start) has ended and enough of the expected nights are in; at its latest moment on what there is.
 * A machine that slept over the hour gets the same minutes from its start on.
 */
export function decideMorning(moment: MorningMoment): MorningDecision {
  const { nowMs, hours, cycleEnded } = moment;
  if (nowMs >= hours.closesAtMs) return { kind: "close" };
  const readyMs = readyAtMs(moment);
  if (nowMs < readyMs) return { kind: "wait", for: "hour" };
  const isLate = readyMs > hours.mailAtMs;
  const enough = moment.nightsIn * 100 >= moment.nightsExpected * moment.sharePercent;
  if (cycleEnded && enough) return { kind: "decide", why: "enough", isLate };
  if (nowMs >= hours.latestAtMs + readyMs - hours.mailAtMs) return { kind: "decide", why: "latest", isLate };
  // Shortly before the end a late start decides as well, but never on nothing that was asked for.
  const isLastCall = nowMs >= hours.closesAtMs - LAST_CALL_MINUTES * MINUTE_MS;
  if (isLastCall && cycleEnded) return { kind: "decide", why: "latest", isLate };
  return { kind: "wait", for: cycleEnded ? "nights" : "cycle" };
}

/**
 * Whether news that came after the morning mail go out now: at once when every expected night is in, otherwise half an
 * hour after the first of them, before the morning ends in any case.
 */
export function isLaterMailDue(input: {
  nowMs: number;
  hours: MorningHours;
  newsSinceMs: number;
  allNightsIn: boolean;
}): boolean {
  const { nowMs, hours, newsSinceMs } = input;
  if (nowMs >= hours.closesAtMs) return false;
  const gatheredMs = newsSinceMs + GATHER_MINUTES * MINUTE_MS;
  const lastCallMs = hours.closesAtMs - LAST_CALL_MINUTES * MINUTE_MS;
  return input.allNightsIn || nowMs >= Math.min(gatheredMs, lastCallMs);
}
