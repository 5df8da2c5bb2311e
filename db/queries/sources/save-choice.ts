import { sql } from "drizzle-orm";
import type { HrvSource } from "@/lib/readiness/types";
import type { Db } from "../../client";

type NewChoice = {
  teamId: string;
  athleteId: string;
  fromDay: string;
  source: HrvSource;
  chosenBy: string;
  chosenAt: Date;
};

/** Writes a choice that holds from its day on, in place of any of that day or later; false when the athlete is not of the team. */
export async function saveSourceChoice(db: Db, input: NewChoice): Promise<boolean> {
  await db.execute(sql`
    delete from source_choices where team_id = ${input.teamId} and athlete_id = ${input.athleteId}
      and from_day >= ${input.fromDay}::date`);
  const rows = await db.execute(sql`
    insert into source_choices (team_id, athlete_id, from_day, source, chosen_by, chosen_at)
    select team_id, id, ${input.fromDay}::date, ${input.source}, ${input.chosenBy}::uuid,
      ${input.chosenAt.toISOString()}::timestamptz
    from athletes where id = ${input.athleteId} and team_id = ${input.teamId} and stopped_at is null
    returning athlete_id`);
  return rows.length > 0;
}
