import { markStreamsDue, type StreamStateRow } from "@/db/queries/stream-states";
import type { listMornings } from "@/db/queries/sync-due";
import type { Context } from "@/lib/context";
import { followersOf, type Stream } from "@/lib/providers/polar/streams";
import { civilDateIn, instantOf, localTimeIn } from "@/lib/time/zone";

const MINUTE_MS = 60_000;

const HOUR_MS = 60 * MINUTE_MS;

const DAY_MS = 24 * HOUR_MS;

/** Minutes before the first, second … further try of a stream that failed. */
const BACKOFF_MINUTES = [1, 2, 5, 15, 30, 60];

/**
 * When a stream is asked for again if nothing else makes it due earlier. Notices, webhooks and mornings usually do;
 * the day's safety net catches what they miss. A withdrawn transaction family has no notices and is looked at hourly.
 */
export function nextRegularSync(stream: Stream, input: { at: Date; retired: boolean }): Date {
  const isPolled = stream.delivery === "transaction" && input.retired;
  return new Date(input.at.getTime() + (isPolled ? HOUR_MS : DAY_MS));
}

/** When to try again after `failures` failures in a row. */
export function nextTry(input: { at: Date; failures: number }): Date {
  const minutes = BACKOFF_MINUTES[Math.min(input.failures, BACKOFF_MINUTES.length) - 1] ?? 1;
  return new Date(input.at.getTime() + minutes * MINUTE_MS);
}

/** Polar's consents are the athlete's to give: asking more often than this helps nobody. */
export function nextConsentCheck(at: Date): Date {
  return new Date(at.getTime() + 6 * HOUR_MS);
}

/** A withdrawn family is tried again after a week. */
export function isRetired(retiredAt: Date | null, now: Date): boolean {
  if (retiredAt === null) return false;
  const sinceMs = now.getTime() - retiredAt.getTime();
  return sinceMs > -DAY_MS && sinceMs < 7 * DAY_MS;
}

/** No stream waits longer than a day or Polar's daily quota. */
const LONGEST_WAIT_MS = 2 * DAY_MS;

/** Whether a stream's next turn has come. One that is further off than any wait was put off before the clock was set back. */
export function isDue(state: StreamStateRow | undefined, nowMs: number): state is StreamStateRow {
  if (state?.nextDueAt == null) return false;
  const waitMs = state.nextDueAt.getTime() - nowMs;
  return waitMs <= 0 || waitMs > LONGEST_WAIT_MS;
}

/** Makes due what rests on a stream that brought something new: a day's load after its sessions. The next cycle reads it. */
export async function dueFollowers(
  ctx: Context,
  stream: Stream,
  of: { athleteId: string; dueAt: Date },
): Promise<void> {
  await markStreamsDue(ctx.db, { ...of, streams: followersOf(stream) });
}

type Morning = Awaited<ReturnType<typeof listMornings>>[number];

/** After the squad's hour its morning waits for nights: they are looked for in every cycle. */
const WAITING_MINUTES = 60;

const WAITING_PACE_MINUTES = 10;

/** Minutes to wait between two looks for the night, by the squad's clock; null when nobody looks. */
function paceMinutes(localTime: string): number | null {
  if (localTime < "05:30" || localTime >= "15:00") return null;
  return localTime < "10:00" ? 45 : 120;
}

/**
 * Whether a night stream is worth asking now: it is morning for the athlete, today's night is not there yet, and the
 * last look is long enough ago or before the squad's hour. Cardio load has no night: once each morning is enough.
 */
export function isMorningDue(morning: Morning, now: Date): boolean {
  const { timeZone, lastAttemptAt, stream } = morning;
  const usualPace = paceMinutes(localTimeIn(now, timeZone));
  const today = civilDateIn(now, timeZone);
  const sinceHourMs = now.getTime() - instantOf({ date: today, time: morning.mailTime, timeZone }).getTime();
  const isWaiting = sinceHourMs >= 0 && sinceHourMs < WAITING_MINUTES * MINUTE_MS;
  const pace = isWaiting ? WAITING_PACE_MINUTES : usualPace;
  if (pace === null || (stream === "cardio-load" && usualPace === null)) return false;
  const wasAskedToday = lastAttemptAt !== null && civilDateIn(lastAttemptAt, timeZone) === today;
  if (stream === "cardio-load") return !wasAskedToday || localTimeIn(lastAttemptAt, timeZone) < "05:30";
  const last = stream === "sleep" ? morning.lastSleep : morning.lastNight;
  if (last !== null && last >= today) return false;
  if (lastAttemptAt === null) return true;
  const sinceLastMs = now.getTime() - lastAttemptAt.getTime();
  // A look at a moment that is still to come was before the clock was set back.
  if (sinceLastMs < -MINUTE_MS) return true;
  // The morning is decided on what was asked for after the hour, however shortly before it the last look was.
  return sinceLastMs >= pace * MINUTE_MS || (sinceHourMs >= 0 && sinceLastMs > sinceHourMs);
}
