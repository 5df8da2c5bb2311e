import type { Sql } from "postgres";

/**
 * Finished runs are kept for a week, failed ones for a month; both hold ids only. Runs on a schedule come with every
 * minute, whether there is anything to do or not: they are kept for a day, as far as the operator's page looks.
 */
export async function pruneHistory(sql: Sql, now: Date): Promise<void> {
  await sql`
    delete from engine.runs where state = 'finished' and (ended_at < ${now}::timestamptz - interval '7 days'
      or event->>'name' = 'inngest/scheduled.timer' and ended_at < ${now}::timestamptz - interval '25 hours')`;
  await sql`delete from engine.runs where state = 'failed' and ended_at < ${now}::timestamptz - interval '30 days'`;
  await sql`delete from engine.events where received_at < ${now}::timestamptz - interval '25 hours'`;
  await sql`delete from engine.throttles where arrival_at < now() - interval '1 day'`;
}
