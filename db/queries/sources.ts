import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { VALID_RMSSD_MS } from "@/lib/readiness/constants";
import type { HrvSource } from "@/lib/readiness/types";

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

export type ReadingCounts = Record<HrvSource, number>;

/** Days of a span with a reading in the valid range, by series. */
export async function countReadingDays(
  db: Db,
  input: { teamId: string; athleteId: string; from: string; to: string },
): Promise<ReadingCounts> {
  const { teamId, athleteId, from, to } = input;
  const valid = sql`team_id = ${teamId} and athlete_id = ${athleteId} and date between ${from}::date and ${to}::date
    and rmssd_ms between ${VALID_RMSSD_MS.min} and ${VALID_RMSSD_MS.max}`;
  const [row] = await db.execute<ReadingCounts>(sql`
    select (select count(*)::int from nights where ${valid}) as nightly,
      (select count(distinct date)::int from morning_readings where ${valid} and quality <> 'rejected') as morning`);
  return row ?? { nightly: 0, morning: 0 };
}
