import { sql } from "drizzle-orm";
import { MAILED_LEVELS } from "@/lib/readiness/types";
import type { Level } from "../../../lib/readiness/types";
import type { Db } from "../../client";
import { wordList } from "../../words";

export type AthleteLevels = {
  athleteId: string;
  name: string;
  days: { date: string; level: Level; mailable: boolean }[];
};

type Row = { athleteId: string; name: string; days: [string[], Level[], boolean[]] };

/** Levels of a squad's connected athletes up to a day, in date order; mailable ones are of a mailed level on a firm baseline. */
export async function listLevels(
  db: Db,
  input: { teamId: string; squadId: string; until: string },
): Promise<AthleteLevels[]> {
  const rows = await db.execute<Row>(sql`
    select a.id as "athleteId", a.name, (
      select json_build_array(
        coalesce(array_to_json(array_agg(d.date order by d.date)), '[]'),
        coalesce(array_to_json(array_agg(d.level order by d.date)), '[]'),
        coalesce(array_to_json(array_agg(
          d.level in ${wordList(MAILED_LEVELS)} and d.baseline_grade = 'firm' order by d.date)), '[]'))
      from readiness_days d where d.athlete_id = a.id and d.date <= ${input.until}::date
    ) as days
    from athletes a
    where a.squad_id = ${input.squadId} and a.team_id = ${input.teamId} and a.stopped_at is null
      and exists (select from connections c where c.athlete_id = a.id)
    order by a.name, a.id`);
  return rows.map(({ athleteId, name, days: [dates, levels, mailable] }) => ({
    athleteId,
    name,
    days: dates.map((date, i) => ({ date, level: levels[i]!, mailable: mailable[i]! })),
  }));
}
