import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import type { accessLog } from "../../schema/operation";

type What = (typeof accessLog.$inferSelect)["what"];

/** Writes one look per athlete, unless the same person looked at the same thing within ten minutes. */
export async function recordLooks(
  db: Db,
  input: { teamId: string; athleteIds: readonly string[]; userId: string; what: What; lookedAt: Date },
): Promise<void> {
  if (input.athleteIds.length === 0) return;
  const { teamId, userId, what } = input;
  const lookedAt = sql`${input.lookedAt.toISOString()}::timestamptz`;
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
