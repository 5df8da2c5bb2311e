import { listDueForDeletion } from "@/db/queries/athletes";
import { hasUntoldRevocations } from "@/db/queries/connections";
import { listUnsentMails } from "@/db/queries/mail";
import { findUpkeep, type Pace } from "@/db/queries/owed";
import { listOwedSyncs } from "@/db/queries/sync-due";
import { listWaitingUploads } from "@/db/queries/uploads";
import type { Context } from "@/lib/context";
import type { EventData, OwedEvent } from "@/lib/events";
import { listSquadsToScore } from "@/lib/services/readiness/list-due-squads";
import { isPeriodOver, type PeriodicTask } from "./periods";

type OwedKind<Name extends OwedEvent = OwedEvent> = {
  /**
   * What the database shows as owed now, whoever asked or forgot to ask. `recorded`: nothing but the request itself
   * says that it is owed.
   */
  find: "recorded" | ((ctx: Context) => Promise<EventData<Name>[]>);
  pace: Pace;
  /** The function that does the work. */
  job: string;
  /** Owed for longer, a person should look; null where nobody can hasten it, or where the page says on its own what holds it up. */
  lateAfterS: number | null;
};

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;

/** Asked again after two minutes, then after four, eight … at most every four hours; a run has fifteen minutes to end. */
const PATIENT: Pace = { firstAfterS: 2 * MINUTE_S, atMostEveryS: 4 * HOUR_S, workingS: 15 * MINUTE_S };
/** What is only tried once in a while: Polar may not answer for days. */
const HOURLY: Pace = { firstAfterS: HOUR_S, atMostEveryS: HOUR_S, workingS: HOUR_S };

const IS_DUE = [{}] as Record<string, never>[];

const whenDue = (due: boolean) => (due ? IS_DUE : []);

/** Recurring work of the installation: due when its last end is a period ago, whatever the hour. */
function periodic(task: PeriodicTask): (ctx: Context) => Promise<Record<string, never>[]> {
  return async (ctx) =>
    whenDue(isPeriodOver(task, { last: await findUpkeep(ctx.db, { task }), now: ctx.now }));
}

/**
 * THE table of what is owed: for each event how the database shows that its work is not done, and how soon it is asked
 * for again. To add a kind: an event in lib/events.ts, a row here, a function that does the work and
 * says so (docs/contribute/owed-work.md).
 */
export const OWED_KINDS: { [Name in OwedEvent]: OwedKind<Name> } = {
  "athlete/sync.requested": {
    find: async (ctx) =>
      (await listOwedSyncs(ctx.db, ctx.now)).map((athleteId) => ({ athleteId, reason: "due" })),
    // A lease that is alive says that somebody works on it; a dead one is found when it has run out.
    pace: { ...PATIENT, workingS: MINUTE_S },
    job: "sync-athlete",
    lateAfterS: null,
  },
  "athlete/day.changed": { find: "recorded", pace: PATIENT, job: "score-athlete", lateAfterS: HOUR_S },
  "athlete/reprocess.requested": {
    find: "recorded",
    pace: { ...PATIENT, workingS: 30 * MINUTE_S },
    job: "reprocess-athlete",
    lateAfterS: DAY_S,
  },
  "reading/uploaded": {
    find: async (ctx) => (await listWaitingUploads(ctx.db)).map((uploadId) => ({ uploadId })),
    pace: PATIENT,
    job: "read-upload",
    lateAfterS: HOUR_S,
  },
  "mail/queued": {
    find: async (ctx) => (await listUnsentMails(ctx.db, ctx.now)).map((mailId) => ({ mailId })),
    pace: PATIENT,
    job: "deliver-mail",
    lateAfterS: HOUR_S,
  },
  "squad/settings.changed": { find: "recorded", pace: PATIENT, job: "score-squad", lateAfterS: HOUR_S },
  "squad/scoring.due": {
    find: async (ctx) => (await listSquadsToScore({ ctx })).map((squadId) => ({ squadId })),
    pace: { ...PATIENT, firstAfterS: 5 * MINUTE_S },
    job: "score-squad",
    lateAfterS: HOUR_S,
  },
  "squad/backtest.requested": {
    find: "recorded",
    pace: { ...PATIENT, workingS: HOUR_S },
    job: "simulate-seasons",
    lateAfterS: DAY_S,
  },
  "installation/deregistrations.due": {
    find: async (ctx) => whenDue(await hasUntoldRevocations(ctx.db, ctx.now)),
    pace: { ...HOURLY, firstAfterS: 15 * MINUTE_S, workingS: 15 * MINUTE_S },
    job: "finish-revocations",
    lateAfterS: DAY_S,
  },
  "installation/erasure.due": {
    find: async (ctx) => whenDue((await listDueForDeletion(ctx.db, { now: ctx.now })).length > 0),
    pace: HOURLY,
    job: "erase-athletes",
    lateAfterS: 6 * HOUR_S,
  },
  "installation/retention.due": {
    find: periodic("retention"),
    pace: HOURLY,
    job: "retention",
    lateAfterS: DAY_S,
  },
  "installation/webhook-check.due": {
    find: periodic("webhook-check"),
    pace: HOURLY,
    job: "check-webhook",
    lateAfterS: DAY_S,
  },
  "installation/backtests.due": {
    find: periodic("backtests"),
    pace: HOURLY,
    job: "refresh-backtests",
    lateAfterS: DAY_S,
  },
};
