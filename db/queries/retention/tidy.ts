import { sql } from "drizzle-orm";
import type { Db } from "../../client";

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
  await db.execute(sql`
    delete from daily_runs where (key like 'sync-due/%' or key like 'night-look/%') and ran_at < ${input.before.toISOString()}::timestamptz`);
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
      and exists (select from transactions later where later.athlete_id = t.athlete_id and later.stream = t.stream
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
