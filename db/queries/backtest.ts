import { and, asc, desc, eq, exists, isNotNull, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { connections } from "@/db/schema/connection";
import { backtests } from "@/db/schema/readiness";
import { athletes, squads } from "@/db/schema/squad";

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

/** A squad's athletes who connected and have not stopped, by name. */
export async function listBacktested(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<{ athleteId: string; name: string }[]> {
  return db
    .select({ athleteId: athletes.id, name: athletes.name })
    .from(athletes)
    .where(
      and(
        eq(athletes.teamId, input.teamId),
        eq(athletes.squadId, input.squadId),
        isNull(athletes.stoppedAt),
        exists(db.select({ one: sql`1` }).from(connections).where(eq(connections.athleteId, athletes.id))),
      ),
    )
    .orderBy(asc(athletes.name), asc(athletes.id));
}

/**
 * Notes that a back-test is wanted; true when a job has to begin. One under way or finished is left alone; one that
 * failed an hour ago, or never came to an end within a day, is wanted anew.
 */
export async function requestBacktest(
  db: Db,
  input: { teamId: string; squadId: string; inputHash: string; requestedAt: Date },
): Promise<boolean> {
  const now = sql`${input.requestedAt.toISOString()}::timestamptz`;
  const rows = await db
    .insert(backtests)
    .values({ ...input, progressPercent: 0 })
    .onConflictDoUpdate({
      target: backtests.inputHash,
      set: { progressPercent: 0, requestedAt: input.requestedAt, finishedAt: null },
      setWhere: sql`${backtests.result} is null and (
        ${backtests.finishedAt} < ${now} - interval '1 hour'
        or ${backtests.finishedAt} is null and ${backtests.requestedAt} < ${now} - interval '1 day')`,
    })
    .returning({ inputHash: backtests.inputHash });
  return rows.length > 0;
}

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
