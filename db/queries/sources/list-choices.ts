import { sql } from "drizzle-orm";
import type { HrvSource } from "@/lib/readiness/types";
import type { Db } from "../../client";

export type SourceChoice = { fromDay: string; source: HrvSource; by: string | null; chosenAtMs: number };

/** An athlete's choices of source, the latest day first. */
export async function listSourceChoices(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<SourceChoice[]> {
  const rows = await db.execute<SourceChoice>(sql`
    select c.from_day::text as "fromDay", c.source, coalesce(u.name, u.email) as by,
      (extract(epoch from c.chosen_at) * 1000)::float8 as "chosenAtMs"
    from source_choices c left join users u on u.id = c.chosen_by
    where c.team_id = ${input.teamId} and c.athlete_id = ${input.athleteId}
    order by c.from_day desc`);
  return [...rows];
}
