import { announceNight, announceUploads } from "./announcements";
import { todayOf } from "./availability";
import { type CivilDate, dateIn } from "./civil";
import { hashId } from "./random";
import type { Sim } from "./simulator";
import { addedOf } from "./state";
import type { WebhookQueue } from "./webhooks";

/** What a person may add to an athlete's days; each goes out through the webhook at once. */
export type Additions = ReturnType<typeof createAdditions>;

export type NightInput = {
  date?: CivilDate;
  rmssdMs: number | null;
  sleepHours?: number;
  restingHr?: number;
};
export type SessionInput = {
  date?: CivilDate;
  startTime?: string;
  minutes?: number;
  cardioLoad?: number;
  sport?: string;
  strap?: boolean;
};

export type SessionEdit = { id: number; minutes?: number; sport?: string; startMinute?: number };

/** Ids of additions lie below those of the natural sessions and apart from each other. */
const additionIdBase = 390_000_000;

function minuteOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

export function createAdditions(sim: Sim, queue: WebhookQueue) {
  /** Natural uploads first, so that the addition is the only thing that is new after them. */
  const begin = () => {
    announceUploads(sim, queue);
    sim.touch();
    return sim.clock.now();
  };

  /** An hour before now when nothing was said: a session has to be over to be uploaded. */
  const usualStart = (now: number, date: CivilDate): number => {
    if (dateIn(sim.timeZone, now - 3_600_000) !== date)
      return date === dateIn(sim.timeZone, now) ? 1 : 17 * 60;
    const local =
      now - 3_600_000 + sim.historyOf(sim.accounts()[0]?.athlete.login ?? "").utcOffsetMinutes(date) * 60_000;
    return Math.floor((local % 86_400_000) / 60_000);
  };

  return {
    night(login: string, input: NightInput): { date: CivilDate } {
      const uploadedAt = begin();
      const date = input.date ?? todayOf(sim, login);
      const added = addedOf(sim.state, login);
      added.nightsRemoved = added.nightsRemoved.filter((removed) => removed !== date);
      added.nights[date] = {
        uploadedAt,
        rmssdMs: input.rmssdMs,
        sleepHours: input.sleepHours ?? 7.5,
        ...(input.restingHr === undefined ? {} : { restingHr: input.restingHr }),
      };
      announceNight(queue, login, date);
      return { date };
    },
    removeNight(login: string, date: CivilDate): void {
      begin();
      const added = addedOf(sim.state, login);
      delete added.nights[date];
      added.nightsRemoved = [...new Set([...added.nightsRemoved, date])];
    },
    session(login: string, input: SessionInput): { id: number; hash: string; date: CivilDate } {
      const uploadedAt = begin();
      const date = input.date ?? todayOf(sim, login);
      const id = additionIdBase + sim.state.nextItemId++;
      addedOf(sim.state, login).sessions.push({
        id,
        uploadedAt,
        date,
        startMinute: input.startTime ? minuteOf(input.startTime) : usualStart(uploadedAt, date),
        cardioLoad: input.cardioLoad ?? 80,
        sport: input.sport ?? sim.accountOf(login)?.athlete.sports[0] ?? "RUNNING",
        ...(input.minutes === undefined ? {} : { minutes: input.minutes }),
        ...(input.strap === undefined ? {} : { strap: input.strap }),
      });
      const hash = hashId(login, id);
      queue.announce("EXERCISE", login, { entity_id: hash });
      return { id, hash, date };
    },
    /** A person changes a session in Flow: it is offered again under a new number. Undefined for one that was not added. */
    editSession(login: string, input: SessionEdit): { id: number; hash: string } | undefined {
      const { sessions } = addedOf(sim.state, login);
      const before = sessions.find((session) => session.id === input.id);
      if (!before) return undefined;
      const uploadedAt = begin();
      const id = additionIdBase + sim.state.nextItemId++;
      const firstId = before.firstId ?? before.id;
      const { id: _, ...changes } = input;
      sessions.splice(sessions.indexOf(before), 1, { ...before, ...changes, id, firstId, uploadedAt });
      const hash = hashId(login, firstId);
      queue.announce("EXERCISE", login, { entity_id: hash });
      return { id, hash };
    },
    activity(login: string, input: { date?: CivilDate; steps?: number }): { date: CivilDate } {
      const uploadedAt = begin();
      const date = input.date ?? todayOf(sim, login);
      const { activity } = addedOf(sim.state, login);
      const revision = ((activity[date]?.revision ?? 0) % 9) + 1;
      activity[date] = { revision, uploadedAt, ...(input.steps === undefined ? {} : { steps: input.steps }) };
      queue.announce("ACTIVITY_SUMMARY", login, { date });
      return { date };
    },
    weight(login: string, weightKg: number): { id: number } {
      const uploadedAt = begin();
      const id = additionIdBase + sim.state.nextItemId++;
      addedOf(sim.state, login).weights.push({ id, uploadedAt, weightKg });
      queue.announce("PHYSICAL_INFORMATION", login, {});
      return { id };
    },
  };
}
