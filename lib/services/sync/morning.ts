import type { listMornings } from "@/db/queries/sync/list-due";
import { civilDateIn, localTimeIn } from "@/lib/time/zone";

type Morning = Awaited<ReturnType<typeof listMornings>>[number];

const MINUTE_MS = 60_000;

/** Minutes to wait between two looks for the night, by the squad's clock; null when nobody looks. */
function paceMinutes(localTime: string): number | null {
  if (localTime < "05:30" || localTime >= "15:00") return null;
  return localTime < "10:00" ? 45 : 120;
}

/**
 * Whether a night stream is worth asking now: it is morning for the athlete, today's night is not there yet, and the
 * last look is long enough ago. Cardio load has no night: once each morning is enough.
 */
export function isMorningDue(morning: Morning, now: Date): boolean {
  const { timeZone, lastAttemptAt, stream } = morning;
  const pace = paceMinutes(localTimeIn(now, timeZone));
  if (pace === null) return false;
  const today = civilDateIn(now, timeZone);
  const wasAskedToday = lastAttemptAt !== null && civilDateIn(lastAttemptAt, timeZone) === today;
  if (stream === "cardio-load") return !wasAskedToday || localTimeIn(lastAttemptAt, timeZone) < "05:30";
  const last = stream === "sleep" ? morning.lastSleep : morning.lastNight;
  if (last !== null && last >= today) return false;
  if (lastAttemptAt === null) return true;
  const sinceMs = now.getTime() - lastAttemptAt.getTime();
  // A look at a moment that is still to come was before the clock was set back.
  return sinceMs >= pace * MINUTE_MS || sinceMs < -MINUTE_MS;
}
