import type { Sql } from "postgres";

/** Finished runs are kept for a week, failed ones for a month; both hold ids only. */
export async function pruneHistory(sql: Sql): Promise<void> {
  await sql`delete from engine.runs where state = 'finished' and ended_at < now() - interval '7 days'`;
  await sql`delete from engine.runs where state = 'failed' and ended_at < now() - interval '30 days'`;
  await sql`delete from engine.events where received_at < now() - interval '25 hours'`;
  await sql`delete from engine.throttles where arrival_at < now() - interval '1 day'`;
}
