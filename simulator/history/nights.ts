import {
  addDays,
  type CivilDate,
  datesFrom,
  dayMs,
  daysBetween,
  offsetMinutesAt,
  requireEpochDay,
} from "../civil";
import type { Day } from "../generate/day";
import { type Night, nightOf } from "../generate/night";
import type { Usual } from "../wire/nightly-recharge";
import type { Person } from "./person";

/** The nights of one athlete by date: added ones before natural ones, removed ones not at all. */
export function createNights(person: Person) {
  const { athlete, startedAt, timeZone, firstDate, dayOf, added } = person;
  const made = new Map<CivilDate, Night>();

  function natural(day: Day): Night {
    const atHome = offsetMinutesAt(timeZone, requireEpochDay(day.date) * dayMs + dayMs / 2);
    const shift = day.utcOffsetMinutes - atHome;
    return nightOf({
      login: athlete.login,
      day,
      startedAt,
      nightNumber: daysBetween(firstDate, day.date),
      offsetAt: (epochMs) => offsetMinutesAt(timeZone, epochMs) + shift,
    });
  }

  /** An added night ends when the natural one would, or when it was added if that is earlier. */
  function additional(day: Day): Night | undefined {
    const extra = added().nights[day.date];
    if (!extra) return undefined;
    const restingHr = extra.restingHr ?? athlete.restingHr;
    const sleepMinutes = Math.round(extra.sleepHours * 60);
    const night = natural({ ...day, rmssdMs: extra.rmssdMs, sleepMinutes, restingHr, slept: true });
    const endMs = Math.min(night.endMs, Math.floor(extra.uploadedAt / 1000) * 1000);
    return { ...night, startMs: endMs - (night.endMs - night.startMs), endMs, uploadedAt: extra.uploadedAt };
  }

  function nightOn(date: CivilDate): Night | undefined {
    const day = dayOf(date);
    if (!day || added().nightsRemoved.includes(date)) return undefined;
    const extra = additional(day);
    if (extra || !day.slept) return extra;
    const night = made.get(date) ?? natural(day);
    made.set(date, night);
    return night;
  }

  return {
    between: (from: CivilDate, to: CivilDate, now: number): Night[] =>
      datesFrom(from, to).flatMap((date) => {
        const night = nightOn(date);
        return night && night.uploadedAt <= now ? [night] : [];
      }),
    /** What was usual over the 28 nights before a date. */
    usualBefore(date: CivilDate): Usual {
      const logs = datesFrom(addDays(date, -28), addDays(date, -1)).flatMap((d) => {
        const rmssdMs = nightOn(d)?.rmssdMs;
        return rmssdMs ? [Math.log(rmssdMs)] : [];
      });
      const mean = logs.reduce((sum, x) => sum + x, 0) / Math.max(1, logs.length);
      const squares = logs.reduce((sum, x) => sum + (x - mean) ** 2, 0);
      return { mean, sd: logs.length > 1 ? Math.sqrt(squares / (logs.length - 1)) : 0, nights: logs.length };
    },
  };
}
