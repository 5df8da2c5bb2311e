import { listDueForDeletion } from "@/db/queries/athletes";
import { hasUntoldRevocations } from "@/db/queries/connections";
import { recordOutbox } from "@/db/queries/log";
import { listUnsentMails } from "@/db/queries/mail";
import { dropSettled, findUpkeep, oweUnasked, type Pace, takeOverdue } from "@/db/queries/owed";
import { listOwedSyncs } from "@/db/queries/sync-due";
import { listWaitingUploads } from "@/db/queries/uploads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { type EventData, OWED_EVENTS, type OwedEvent } from "@/lib/events";
import { requireCan } from "@/lib/services/access/require";
import { subjectOf } from "@/lib/services/events/outbox";
import { listSquadsToScore } from "@/lib/services/readiness/score";

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

const HOUR_MS = 3_600_000;

const DAY_MS = 24 * HOUR_MS;

/** Recurring work of the installation, and how long after its last end it is due again, ms. */
const PERIODS = { retention: DAY_MS, "webhook-check": DAY_MS, backtests: 7 * DAY_MS } as const;

type PeriodicTask = keyof typeof PERIODS;

/** Whether a recurring task is due: it never ended, ended a period ago, or ended at a moment that is still to come because the clock was set back. */
function isPeriodOver(
  task: PeriodicTask,
  { last, now }: { last: { endedAt: Date } | undefined; now: Date },
): boolean {
  if (!last) return true;
  const sinceMs = now.getTime() - last.endedAt.getTime();
  return sinceMs >= PERIODS[task] || sinceMs < 0;
}

/** Rows of work that the database no longer shows as owed are kept this long: their run may only just have begun. */
const SETTLED_AFTER_MS = 10 * 60_000;

/**
 * Looks in the database for everything that is owed, and asks for what nobody has asked for, and again for what was
 * asked for and did not come. Whatever an engine lost is found here; asking twice is harmless, because every job only
 * brings things up to date. One kind that cannot be looked for keeps no other from being found. Jobs only.
 * @returns how often each event was recorded
 */
export async function sweepOwed({
  ctx,
}: {
  ctx: Context;
}): Promise<{ asked: Partial<Record<OwedEvent, number>> }> {
  requireCan(ctx, "jobs.run");
  const asked: Partial<Record<OwedEvent, number>> = {};
  for (const event of OWED_EVENTS) {
    try {
      const count = await sweepKind(ctx, event);
      if (count > 0) asked[event] = count;
    } catch (err) {
      ctx.log.error({ err, event }, "what is owed could not be looked for");
    }
  }
  if (Object.keys(asked).length > 0) ctx.log.info({ asked }, "asked for what is owed");
  return { asked };
}

async function sweepKind(ctx: Context, event: OwedEvent): Promise<number> {
  const { find, pace } = OWED_KINDS[event];
  const found = find === "recorded" ? undefined : await find(ctx);
  return inTransaction(ctx, async (tx) => {
    const rows = (found ?? []).map((data) => ({ event, subject: subjectOf(data), data: { ...data } }));
    if (found)
      await dropSettled(tx.db, { event, owedSubjects: rows.map(subjectIn), before: settledBefore(ctx.now) });
    const fresh = await oweUnasked(tx.db, { rows, askedAt: ctx.now });
    const overdue = await takeOverdue(tx.db, { event, now: ctx.now, pace, engine: env().JOBS_ENGINE });
    const stillOwed = found && new Set(rows.map(subjectIn));
    const again = overdue.filter(({ subject }) => stillOwed?.has(subject) ?? true);
    await recordOutbox(
      tx.db,
      [...fresh, ...again].map(({ data }) => ({ name: event, data })),
    );
    return fresh.length + again.length;
  });
}

const subjectIn = ({ subject }: { subject: string }) => subject;

const settledBefore = (now: Date) => new Date(now.getTime() - SETTLED_AFTER_MS);
