import { addDays, type CivilDate, datesFrom, dayMs } from "./civil";
import type { ActivityDay } from "./generate/activity";
import type { BodyEntry } from "./generate/body";
import type { Night } from "./generate/night";
import type { Session } from "./generate/session";
import { longestHistoryDays } from "./history/person";
import type { Sim } from "./simulator";
import type { Registration } from "./state";

/** How far back each list reaches, in days with today included. */
export function windowDays(sim: Sim) {
  return sim.mode === "90"
    ? { nights: 90, sessions: 90, activityRange: 90, activityBack: 365, cardioLoad: 90, range: 90 }
    : { nights: 28, sessions: 30, activityRange: 28, activityBack: 365, cardioLoad: 28, range: 28 };
}

export function todayOf(sim: Sim, login: string): CivilDate {
  return sim.historyOf(login).today(sim.clock.now());
}

function back(sim: Sim, login: string, days: number): CivilDate {
  return addDays(todayOf(sim, login), 1 - days);
}

/** Documented: uploaded after the registration and within thirty days. Otherwise ninety days, whoever came first. */
export function visibleSessions(sim: Sim, registration: Registration): Session[] {
  const { login, registeredAt } = registration;
  const now = sim.clock.now();
  const days = sim.mode === "90" ? windowDays(sim).sessions : longestHistoryDays;
  const sessions = sim
    .historyOf(login)
    .sessions(back(sim, login, days), addDays(todayOf(sim, login), 1), now);
  if (sim.mode === "90") return sessions;
  return sessions.filter((s) => s.uploadedAt >= registeredAt && s.uploadedAt >= now - 30 * dayMs);
}

export function visibleNights(sim: Sim, login: string): Night[] {
  return sim
    .historyOf(login)
    .nights(back(sim, login, windowDays(sim).nights), todayOf(sim, login), sim.clock.now());
}

export function activitiesBetween(sim: Sim, login: string, from: CivilDate, to: CivilDate): ActivityDay[] {
  const now = sim.clock.now();
  const history = sim.historyOf(login);
  const today = todayOf(sim, login);
  return datesFrom(from, to < today ? to : today).flatMap((date) => history.activity(date, now) ?? []);
}

/** The day summaries that transactions may offer. */
export function offeredActivities(sim: Sim, registration: Registration): ActivityDay[] {
  const { login, registeredAt } = registration;
  const days = activitiesBetween(sim, login, back(sim, login, windowDays(sim).sessions), todayOf(sim, login));
  return sim.mode === "90" ? days : days.filter((day) => day.uploadedAt >= registeredAt);
}

export function offeredBody(sim: Sim, registration: Registration): BodyEntry[] {
  const now = sim.clock.now();
  const entries = sim.historyOf(registration.login).body(now);
  const since = sim.mode === "90" ? now - 90 * dayMs : registration.registeredAt;
  return entries.filter((entry) => entry.createdAt >= since);
}
