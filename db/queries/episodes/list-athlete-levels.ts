import { sql } from "drizzle-orm";
import { type Level, MAILED_LEVELS } from "@/lib/readiness/types";
import type { Db } from "../../client";
import { wordList } from "../../words";

/** One athlete's scored levels of a span, in date order; mailable ones are of a mailed level on a firm baseline. */
export async function listAthleteLevels(
  db: Db,
  input: { teamId: string; athleteId: string; from: string; to: string },
): Promise<{ date: string; level: Level; mailable: boolean }[]> {
  const rows = await db.execute<{ date: string; level: Level; mailable: boolean }>(sql`
    select date::text as date, level,
      level in ${wordList(MAILED_LEVELS)} and baseline_grade = 'firm' as mailable
    from readiness_days
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId}
      and date between ${input.from}::date and ${input.to}::date
    order by date`);
  return [...rows];
}
