import { sql } from "drizzle-orm";
import type { Db } from "../../client";

/** The athletes before and after one in the squad's list by name. */
export async function listNeighbours(
  db: Db,
  input: { teamId: string; squadId: string; athleteId: string },
): Promise<{ before: string | null; after: string | null }> {
  const rows = await db.execute<{ before: string | null; after: string | null }>(sql`
    select before, after from (
      select id, lag(id) over w as before, lead(id) over w as after
      from athletes
      where team_id = ${input.teamId} and squad_id = ${input.squadId} and stopped_at is null
      window w as (order by name, id)
    ) ordered where id = ${input.athleteId}`);
  return rows[0] ?? { before: null, after: null };
}
