import { asc, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type accessLog, auditLog, outbox } from "@/db/schema/operation";

/** One line of what was changed. */
export async function insertAudit(db: Db, input: typeof auditLog.$inferInsert): Promise<void> {
  await db.insert(auditLog).values(input);
}

type What = (typeof accessLog.$inferSelect)["what"];

/** Writes one look per athlete, unless the same person looked at the same thing within ten minutes. */
export async function recordLooks(
  db: Db,
  input: { teamId: string; athleteIds: readonly string[]; userId: string; what: What; lookedAt: Date },
): Promise<void> {
  if (input.athleteIds.length === 0) return;
  const { teamId, userId, what } = input;
  const lookedAt = sql`${input.lookedAt.toISOString()}::timestamptz`;
  // Two requests of one page at once would not see each other's look.
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`look/${userId}/${what}`}, 0))`);
  await db.execute(sql`
    insert into access_log (team_id, athlete_id, actor_kind, actor_user_id, what, looked_at)
    select ${teamId}::uuid, a.id, 'coach', ${userId}::uuid, ${what}, ${lookedAt}
    from athletes a
    where a.team_id = ${teamId}
      and a.id in (select value::uuid from json_array_elements_text(${JSON.stringify(input.athleteIds)}::json))
      and not exists (
        select 1 from access_log l
        where l.athlete_id = a.id and l.actor_user_id = ${userId}::uuid and l.what = ${what}
          and l.looked_at > ${lookedAt} - interval '10 minutes')`);
}

/** Writes events into the outbox; inside a transaction they become visible with the facts they tell of. */
export async function recordOutbox(
  db: Db,
  events: { name: string; data: Record<string, string> }[],
): Promise<void> {
  if (events.length > 0) await db.insert(outbox).values(events);
}

/** Takes waiting events in the order in which they were recorded; others pass over them until the transaction ends. */
export async function claimOutbox(db: Db, input: { limit: number }) {
  return db
    .select({ id: outbox.id, name: outbox.name, data: outbox.data, recordedAt: outbox.recordedAt })
    .from(outbox)
    .where(isNull(outbox.relayedAt))
    .orderBy(asc(outbox.id))
    .limit(input.limit)
    .for("update", { skipLocked: true });
}

/** Marks events as handed over. */
export async function markRelayed(db: Db, input: { ids: number[]; relayedAt: Date }): Promise<void> {
  await db.update(outbox).set({ relayedAt: input.relayedAt }).where(inArray(outbox.id, input.ids));
}
