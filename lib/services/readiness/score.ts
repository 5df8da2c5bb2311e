import { claimDailyRun, listDailyRuns } from "@/db/queries/daily-runs";
import { listHistories } from "@/db/queries/histories";
import {
  listHashes,
  listProgress,
  listScorable,
  lockForScoring,
  type ReadinessRow,
  removeDaysOutside,
  type ScoringProgress,
  writeDays,
} from "@/db/queries/readiness";
import { findSquadForJob, listActiveSquads } from "@/db/queries/squads";
import { listAthletesOnSessionLoads } from "@/db/queries/workouts";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { RULE_VERSION } from "@/lib/readiness/rule-version";
import { requireCan } from "@/lib/services/access/require";
import { beginOwedWork } from "@/lib/services/events/outbox";
import { readSessions } from "@/lib/services/readings/read-sessions";
import { settleWorkoutLoads } from "@/lib/services/workouts/loads";
import type { CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { changedRows, type ScoredHistory, scoreHistory, settledUntil, spanOf } from "./history";

/**
 * Scores one athlete after something stored has changed; recordings that came with a sync become morning readings first.
 * Jobs only; safe to repeat.
 */
export async function scoreAthlete({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<{ daysWritten: number }> {
  requireCan(ctx, "jobs.run");
  const work = await beginOwedWork(ctx, { event: "athlete/day.changed", subject: input.athleteId });
  await readSessions({ ctx, input });
  const { daysWritten } = await scoreAthletes({ ctx, input: { athleteIds: [input.athleteId] } });
  await work.done(ctx);
  return { daysWritten };
}

const ATHLETES_PER_TRANSACTION = 250;

/** Transactions under way at a time: while the database writes one, the next is scored. */
const TRANSACTIONS = 2;

/**
 * Scores athletes up to their squads' today and writes the days whose inputs changed. Jobs only.
 * Athletes who never connected or have stopped are passed over. Safe to repeat: nothing changed writes nothing.
 */
async function scoreAthletes({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteIds: string[] };
}): Promise<{ athletes: number; daysWritten: number }> {
  requireCan(ctx, "jobs.run");
  const total = { athletes: 0, daysWritten: 0 };
  let from = 0;
  const scoreOn = async () => {
    while (from < input.athleteIds.length) {
      const athleteIds = input.athleteIds.slice(from, from + ATHLETES_PER_TRANSACTION);
      from += ATHLETES_PER_TRANSACTION;
      const part = await inTransaction(ctx, (tx) => scorePart(tx, athleteIds));
      total.athletes += part.athletes;
      total.daysWritten += part.daysWritten;
    }
  };
  await Promise.all(Array.from({ length: TRANSACTIONS }, scoreOn));
  return total;
}

async function scorePart(ctx: Context, athleteIds: string[]) {
  await lockForScoring(ctx.db, { athleteIds });
  await settleWorkoutLoads(ctx, await listAthletesOnSessionLoads(ctx.db, { athleteIds }));
  const athletes = await listHistories(ctx.db, { athleteIds });
  const scored = athletes.map((athlete) => scoreHistory(athlete, civilDateIn(ctx.now, athlete.timeZone)));
  const rows = await rowsToWrite(ctx, scored);
  await removeDaysOutside(ctx.db, scored.map(spanOf));
  await writeDays(ctx.db, rows);
  return { athletes: athletes.length, daysWritten: rows.length };
}

/** Most mornings the newest hashes tell that only today is new; a change further back needs all of them. */
async function rowsToWrite(ctx: Context, scored: readonly ScoredHistory[]): Promise<ReadinessRow[]> {
  const histories = scored.map((history) => ({ history, settled: settledUntil(history) }));
  const unsettled = histories.filter(
    ({ history, settled }) => settled === undefined && history.athlete.newest.days.length > 0,
  );
  const athleteIds = unsettled.map(({ history }) => history.athlete.athleteId);
  const hashes = await listHashes(ctx.db, { athleteIds });
  return histories.flatMap(({ history, settled }) => {
    const stored = hashes.get(history.athlete.athleteId) ?? new Map();
    return changedRows(history, { settled, stored, scoredAt: ctx.now });
  });
}

/**
 * Scores every athlete of a squad, so that a night that never came is today's `no-verdict`, and notes it for the day.
 * A squad that is gone or archived scores nobody. Jobs only; safe to repeat.
 */
export async function scoreSquad({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string };
}): Promise<{ athletes: number; daysWritten: number }> {
  requireCan(ctx, "jobs.run");
  const subject = input.squadId;
  const works = [
    await beginOwedWork(ctx, { event: "squad/scoring.due", subject }),
    await beginOwedWork(ctx, { event: "squad/settings.changed", subject }),
  ];
  const scored = await scoreAll(ctx, input);
  for (const work of works) await work.done(ctx);
  return scored;
}

async function scoreAll(ctx: Context, input: { squadId: string }) {
  const squad = await findSquadForJob(ctx.db, input);
  if (!squad) return { athletes: 0, daysWritten: 0 };
  const athleteIds = await listScorable(ctx.db, input);
  const scored = await scoreAthletes({ ctx, input: { athleteIds } });
  const date = civilDateIn(ctx.now, squad.timeZone);
  await claimDailyRun(ctx.db, { key: dailyRunKey("scored", { ...input, date }), ranAt: ctx.now });
  return scored;
}

/** Squads whose local day has turned since every athlete was scored last. Jobs only. */
export async function listSquadsToScore({ ctx }: { ctx: Context }): Promise<string[]> {
  requireCan(ctx, "jobs.run");
  const squads = await listActiveSquads(ctx.db);
  const keyOf = ({ squadId, timeZone }: { squadId: string; timeZone: string }) =>
    dailyRunKey("scored", { squadId, date: civilDateIn(ctx.now, timeZone) });
  const done = await listDailyRuns(ctx.db, { keys: squads.map(keyOf), now: ctx.now });
  return squads.filter((squad) => !done.has(keyOf(squad))).map(({ squadId }) => squadId);
}

/**
 * Names a squad's scoring of a civil day, which is due once, whatever the clock or the cron does. A day that was scored
 * before an update is scored again after it, past days included.
 */
function dailyRunKey(purpose: "scored", squad: { squadId: string; date: CivilDate }): string {
  return `${purpose}/${squad.squadId}/${squad.date}/${RULE_VERSION}`;
}

/** How far each athlete of a squad has come, from the invitation to the scored history. For everybody of the team; another team's squad is empty. */
export async function readScoringProgress({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string };
}): Promise<ScoringProgress[]> {
  const { teamId } = requireCan(ctx, "squads.view");
  return listProgress(ctx.db, { teamId, squadId: input.squadId });
}
