import { and, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { backtests } from "../../schema/readiness";

type Key = { squadId: string; inputHash: string };

const KEPT_PER_SQUAD = 10;

/** Says how far a back-test has come, 0 to 100. */
export async function noteProgress(db: Db, input: Key & { progressPercent: number }): Promise<void> {
  const { progressPercent } = input;
  await db.update(backtests).set({ progressPercent }).where(unfinished(input));
}

/** Ends a back-test with its result, or with null when it failed; the squad's oldest ones go. */
export async function finishBacktest(
  db: Db,
  input: Key & { result: Record<string, unknown> | null; finishedAt: Date },
): Promise<void> {
  const { result, finishedAt } = input;
  await db.update(backtests).set({ result, finishedAt, progressPercent: 100 }).where(unfinished(input));
  await db.execute(sql`
    delete from backtests where squad_id = ${input.squadId} and input_hash in (
      select input_hash from backtests where squad_id = ${input.squadId} and finished_at is not null
      order by finished_at desc offset ${KEPT_PER_SQUAD})`);
}

/** Takes back a request whose data are not what they were. */
export async function forgetBacktest(db: Db, input: Key): Promise<void> {
  await db.delete(backtests).where(unfinished(input));
}

function unfinished({ squadId, inputHash }: Key) {
  return and(
    eq(backtests.inputHash, inputHash),
    eq(backtests.squadId, squadId),
    isNull(backtests.finishedAt),
  );
}
