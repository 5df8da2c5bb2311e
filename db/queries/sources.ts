import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { sourceChoices } from "@/db/schema/readiness";
import { VALID_RMSSD_MS } from "@/lib/readiness/constants";
import type { HrvSource } from "@/lib/readiness/types";

export type SourceChoice = Awaited<ReturnType<typeof listSourceChoices>>[number];

/** An athlete's choices of source, the latest day first. */
export async function listSourceChoices(db: Db, input: { teamId: string; athleteId: string }) {
  const { fromDay, source, chosenAt } = sourceChoices;
  const rows = await db
    .select({ fromDay, source, chosenAt, name: users.name, email: users.email })
    .from(sourceChoices)
    .leftJoin(users, eq(users.id, sourceChoices.chosenBy))
    .where(and(eq(sourceChoices.teamId, input.teamId), eq(sourceChoices.athleteId, input.athleteId)))
    .orderBy(desc(fromDay));
  return rows.map(({ chosenAt, name, email, ...choice }) => ({
    ...choice,
    by: name ?? email,
    chosenAtMs: chosenAt.getTime(),
  }));
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

const readingCounts = z.object({ nightly: z.int(), morning: z.int() } satisfies Record<HrvSource, z.ZodInt>);

export type ReadingCounts = z.output<typeof readingCounts>;

/** Days of a span with a reading in the valid range, by series. */
export async function countReadingDays(
  db: Db,
  input: { teamId: string; athleteId: string; from: string; to: string },
): Promise<ReadingCounts> {
  const { teamId, athleteId, from, to } = input;
  const valid = sql`team_id = ${teamId} and athlete_id = ${athleteId} and date between ${from}::date and ${to}::date
    and rmssd_ms between ${VALID_RMSSD_MS.min} and ${VALID_RMSSD_MS.max}`;
  const [row] = await rowsOf(db, "countReadingDays", readingCounts)`
    select (select count(*)::int from nights where ${valid}) as nightly,
      (select count(distinct date)::int from morning_readings where ${valid} and quality <> 'rejected') as morning`;
  return row ?? { nightly: 0, morning: 0 };
}
