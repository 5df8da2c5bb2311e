import { type CivilDate, dateIn, dayMs, daysBetween, offsetMinutesAt, requireEpochDay } from "../civil";
import type { Athlete, Device } from "../scenario";
import type { Day, DaySource } from "./day";
import { replayedDay } from "./replay";
import { toldDay } from "./story";

export type Origin = { athlete: Athlete; startedAt: number; timeZone: string };

function deviceOn(athlete: Athlete, sinceStart: number): Device {
  const change = athlete.source.kind === "story" ? athlete.source.deviceChange : undefined;
  return change && sinceStart >= -change.daysAgo ? change.device : athlete.device;
}

function offsetOn(origin: Origin, date: CivilDate, sinceStart: number): number {
  const { source } = origin.athlete;
  const home = offsetMinutesAt(origin.timeZone, requireEpochDay(date) * dayMs + dayMs / 2);
  const travel = source.kind === "story" ? source.travel : undefined;
  return travel && sinceStart >= -travel.daysAgo ? home + travel.shiftMinutes : home;
}

/** An athlete's days by date, remembered once made. */
export function createDaySource(origin: Origin): DaySource {
  const { athlete } = origin;
  const firstDay = dateIn(origin.timeZone, origin.startedAt);
  const made = new Map<CivilDate, Day | undefined>();
  const make = (date: CivilDate): Day | undefined => {
    const sinceStart = daysBetween(firstDay, date);
    const values =
      athlete.source.kind === "replay"
        ? replayedDay(athlete.source.person, sinceStart)
        : toldDay(athlete, athlete.source, date, sinceStart);
    if (!values) return undefined;
    const utcOffsetMinutes = offsetOn(origin, date, sinceStart);
    return { date, sinceStart, ...values, device: deviceOn(athlete, sinceStart), utcOffsetMinutes };
  };
  return (date) => {
    if (!made.has(date)) made.set(date, make(date));
    return made.get(date);
  };
}
