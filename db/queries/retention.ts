import { and, eq, inArray, like, lt, or, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { dailyRuns } from "@/db/schema/operation";
import { rawPayloads } from "@/db/schema/payload";
import { readinessDays } from "@/db/schema/readiness";
import { sources } from "@/db/schema/source";
import {
  dailyActivities,
  dailyLoads,
  heartRateDays,
  measurements,
  naps,
  nights,
  physicalInfos,
  sleeps,
  workoutSamples,
  workouts,
} from "@/db/schema/wearable";

/** Rows that have served their purpose, by table, and the moment before which they may go. */
const FINISHED = {
  outbox: "relayed_at",
  webhook_deliveries: "received_at",
  daily_runs: "ran_at",
  sessions: "expires",
  verification_tokens: "expires",
  one_time_links: "expires_at",
  job_failures: "resolved_at",
  squad_mornings: "settled_at",
  reading_uploads: "uploaded_at",
} as const;

/** Deletes the notes of sync cycles before a moment: only the present morning looks back at them. */
export async function deleteCycles(db: Db, input: { before: Date }): Promise<void> {
  await db
    .delete(dailyRuns)
    .where(
      and(
        or(like(dailyRuns.key, "sync-due/%"), like(dailyRuns.key, "night-look/%")),
        lt(dailyRuns.ranAt, input.before),
      ),
    );
}

/**
 * Deletes settled entries of the ledger that brought nothing and were opened before a moment: looks for a night that was
 * not there yet. A stream's latest entry stays.
 */
export async function deleteEmptyEntries(db: Db, input: { before: Date }): Promise<number> {
  const result = await db.execute(sql`
    delete from transactions t
    where t.state in ('committed', 'abandoned') and t.stored_count = 0 and t.quarantined_count = 0
      and t.opened_at < ${input.before.toISOString()}::timestamptz
      and exists (select from transactions later where later.athlete_id = t.athlete_id
        and later.provider = t.provider and later.stream = t.stream
        and later.opened_at > t.opened_at)`);
  return result.count;
}

export type FinishedTable = keyof typeof FINISHED;

/** Deletes what was finished before the given moment; rows without that moment are not finished and stay. */
export async function deleteFinished(db: Db, input: { table: FinishedTable; before: Date }): Promise<number> {
  const column = FINISHED[input.table];
  const result = await db.execute(sql`
    delete from ${sql.identifier(input.table)}
    where ${sql.identifier(column)} < ${input.before.toISOString()}::timestamptz`);
  return result.count;
}

type AthleteKey = { teamId: string; athleteId: string };

const READ_FROM_PAYLOADS = [
  sleeps,
  naps,
  nights,
  dailyLoads,
  dailyActivities,
  workoutSamples,
  workouts,
  physicalInfos,
  heartRateDays,
  measurements,
];

/** The payload a row was read from is not there any more. */
const isOrphaned = (payloadId: PgColumn) =>
  sql`not exists (select from ${rawPayloads} where ${rawPayloads.id} = ${payloadId})`;

/** Rows of the source at hand. */
const holding = (table: typeof nights | typeof sleeps | typeof naps) =>
  sql`select 1 from ${table} own where own.athlete_id = ${sources.athleteId} and own.source_id = ${sources.id}`;

/** Deletes payloads, every value that was read from them with the sources that are empty then, and the athlete's levels, which are scored again from the rest. */
export async function deletePayloads(db: Db, input: AthleteKey & { ids: readonly string[] }): Promise<void> {
  const { teamId, athleteId, ids } = input;
  await db
    .delete(rawPayloads)
    .where(
      and(
        eq(rawPayloads.teamId, teamId),
        eq(rawPayloads.athleteId, athleteId),
        inArray(rawPayloads.id, [...ids]),
      ),
    );
  for (const table of READ_FROM_PAYLOADS)
    await db
      .delete(table)
      .where(and(eq(table.teamId, teamId), eq(table.athleteId, athleteId), isOrphaned(table.payloadId)));
  await db.execute(sql`
    delete from ${sources} where team_id = ${teamId} and athlete_id = ${athleteId}
      and not exists (${holding(nights)} union all ${holding(sleeps)} union all ${holding(naps)})`);
  await db
    .delete(readinessDays)
    .where(and(eq(readinessDays.teamId, teamId), eq(readinessDays.athleteId, athleteId)));
}
