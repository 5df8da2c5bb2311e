import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { backtests } from "../../schema/readiness";
import { squads } from "../../schema/squad";

/** A back-test by the hash of what went in; undefined when nobody asked for it. */
export async function findBacktest(db: Db, input: { squadId: string; inputHash: string }) {
  const [row] = await db
    .select({
      progressPercent: backtests.progressPercent,
      result: backtests.result,
      finishedAt: backtests.finishedAt,
    })
    .from(backtests)
    .where(and(eq(backtests.inputHash, input.inputHash), eq(backtests.squadId, input.squadId)));
  return row;
}

/** Result of the back-test that was asked for last and has finished, with the baseline, the rules and the kind of load that the squad has now. */
export async function findLatestResult(
  db: Db,
  input: { squadId: string },
): Promise<Record<string, unknown> | undefined> {
  const [row] = await db
    .select({ result: backtests.result })
    .from(backtests)
    .innerJoin(squads, eq(squads.id, backtests.squadId))
    .where(
      and(
        eq(backtests.squadId, input.squadId),
        isNotNull(backtests.finishedAt),
        sql`(${backtests.result} ->> 'baselineDays')::int = ${squads.baselineDays}`,
        // A result of before there was a margin is none of these rules.
        sql`(${backtests.result} ->> 'loadRisePercent')::int = ${squads.loadRisePercent}`,
        sql`(${backtests.result} ->> 'drift')::boolean = ${squads.drift}`,
        sql`coalesce(${backtests.result} ->> 'loadKind', 'cardio-load') = ${squads.loadKind}`,
      ),
    )
    .orderBy(desc(backtests.requestedAt))
    .limit(1);
  return row?.result ?? undefined;
}

/** What a squad chose of the rules: the margin and the drift rule. */
export async function findRules(db: Db, input: { squadId: string }) {
  const [row] = await db
    .select({ loadRisePercent: squads.loadRisePercent, drift: squads.drift })
    .from(squads)
    .where(eq(squads.id, input.squadId));
  return row;
}
