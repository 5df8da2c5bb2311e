import type { listMornings } from "@/db/queries/sync-due";
import { civilDateIn, instantOf, localTimeIn } from "@/lib/time/zone";

type Morning = Awaited<ReturnType<typeof listMornings>>[number];

const MINUTE_MS = 60_000;
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
