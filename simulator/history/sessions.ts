import { type CivilDate, dateIn, dayMs, requireEpochDay } from "../civil";
import type { Day } from "../generate/day";
import { addedPlan, type Session, sessionOf, sessionPlans } from "../generate/session";
import { round } from "../random";
import type { Person } from "./person";

/** The sessions of one athlete by date, and the load they leave on it. */
export function createSessions(person: Person) {
  const { athlete, timeZone, dayOf, added } = person;
  const naturalMade = new Map<CivilDate, Session[]>();
  const addedMade = new Map<number, Session>();

  function natural(day: Day): Session[] {
    const made =
      naturalMade.get(day.date) ?? sessionPlans(athlete, day).map((plan) => sessionOf(athlete, day, plan));
    naturalMade.set(day.date, made);
    return made;
  }

  function additional(day: Day): Session[] {
    const plans = added().sessions.filter((session) => session.date === day.date);
    return plans.map((plan) => {
      const made = addedMade.get(plan.id) ?? sessionOf(athlete, day, addedPlan(plan));
      addedMade.set(plan.id, made);
      return made;
    });
  }

  function on(date: CivilDate, now: number): Session[] {
    const day = dayOf(date);
    if (!day) return [];
    const uploaded = [...natural(day), ...additional(day)].filter((session) => session.uploadedAt <= now);
    return uploaded.sort((a, b) => a.startMs - b.startMs);
  }

  return {
    on,
    /** Everyday movement counts as the day goes by; a session once it is uploaded; null: not worn. */
    loadOn(date: CivilDate, now: number): number | null {
      const day = dayOf(date);
      if (!day || date > dateIn(timeZone, now)) return null;
      const sessions = on(date, now);
      const trained = sessions.reduce((sum, session) => sum + session.cardioLoad, 0);
      if (day.load === null) return sessions.length > 0 ? round(trained, 1) : null;
      if (natural(day).length > 0) return round(trained, 1);
      const midnightMs = requireEpochDay(date) * dayMs - day.utcOffsetMinutes * 60_000;
      const elapsed = Math.min(1, Math.max(0, (now - midnightMs) / dayMs));
      return round(day.load * elapsed + trained, 1);
    },
  };
}
