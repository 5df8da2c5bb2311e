import { listHistories } from "@/db/queries/histories";
import {
  listHashes,
  lockForScoring,
  type ReadinessRow,
  removeDaysOutside,
  writeDays,
} from "@/db/queries/readiness";
import { listAthletesOnSessionLoads } from "@/db/queries/workouts";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireJob } from "@/lib/services/access/require-job";
import { civilDateIn } from "@/lib/time/zone";
import { settleWorkoutLoads } from "../workout-loads/settle";
import { changedRows, type ScoredHistory, scoreHistory, settledUntil, spanOf } from "./score-history";

const ATHLETES_PER_TRANSACTION = 250;
/** Transactions under way at a time: while the database writes one, the next is scored. */
const TRANSACTIONS = 2;

/**
 * Scores athletes up to their squads' today and writes the days whose inputs changed. Jobs only.
 * Athletes who never connected or have stopped are passed over. Safe to repeat: nothing changed writes nothing.
 */
export async function scoreAthletes({
  ctx,
  input,
}: {
  ctx: Context;
  input: { athleteIds: string[] };
}): Promise<{ athletes: number; daysWritten: number }> {
  requireJob(ctx);
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
