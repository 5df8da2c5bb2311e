import {
  addDays,
  type CivilDate,
  dateIn,
  datesFrom,
  dayMs,
  daysBetween,
  offsetMinutesAt,
  requireEpochDay,
} from "../civil";
import { type ActivityDay, activityOf } from "../generate/activity";
import { type BodyEntry, bodyEntries } from "../generate/body";
import { type CardioLoadDay, cardioLoadOf } from "../generate/cardio-load";
import { continuousHeartRate, type HeartRateSample } from "../generate/continuous-heart-rate";
import type { Day } from "../generate/day";
import type { Night } from "../generate/night";
import type { Session } from "../generate/session";
import type { Origin } from "../generate/source";
import type { Added } from "../state";
import type { Usual } from "../wire/nightly-recharge";
import { createNights } from "./nights";
import { createPerson } from "./person";
import { createSessions } from "./sessions";

/** Everything one athlete's devices have uploaded by an instant. Ranges include both ends. */
export type History = {
  today: (now: number) => CivilDate;
  nights: (from: CivilDate, to: CivilDate, now: number) => Night[];
  usualBefore: (date: CivilDate) => Usual;
  sessions: (from: CivilDate, to: CivilDate, now: number) => Session[];
  activity: (date: CivilDate, now: number) => ActivityDay | undefined;
  cardioLoad: (date: CivilDate, now: number) => CardioLoadDay;
  heartRate: (date: CivilDate, now: number) => HeartRateSample[];
  body: (now: number) => BodyEntry[];
  utcOffsetMinutes: (date: CivilDate) => number;
};

export function createHistory(origin: Origin, added: () => Added): History {
  const { athlete, startedAt, timeZone } = origin;
  const person = createPerson(origin, added);
  const nights = createNights(person);
  const sessions = createSessions(person);

  /** A day on which the watch saw anything at all. */
  const wornDay = (date: CivilDate): Day | undefined => {
    const day = person.dayOf(date);
    return day && (day.load !== null || day.slept) ? day : undefined;
  };

  return {
    today: (now) => dateIn(timeZone, now),
    nights: nights.between,
    usualBefore: nights.usualBefore,
    sessions: (from, to, now) => datesFrom(from, to).flatMap((date) => sessions.on(date, now)),
    activity: (date, now) => {
      const day = wornDay(date);
      return day && activityOf({ athlete, day, now, startedAt, added: added().activity[date] });
    },
    cardioLoad: (date, now) => {
      const last28 = datesFrom(addDays(date, -27), date);
      return cardioLoadOf(
        date,
        last28.map((d) => sessions.loadOn(d, now)),
      );
    },
    heartRate: (date, now) => {
      const day = wornDay(date);
      return day ? continuousHeartRate(athlete, day, sessions.on(date, now), now) : [];
    },
    body: (now) => {
      const historyDays = daysBetween(person.firstDate, person.startDate) + 1;
      const entries = bodyEntries(athlete, { startedAt, timeZone, historyDays }, added().weights);
      return entries.filter((entry) => entry.createdAt <= now);
    },
    utcOffsetMinutes: (date) =>
      person.dayOf(date)?.utcOffsetMinutes ?? offsetMinutesAt(timeZone, requireEpochDay(date) * dayMs),
  };
}
