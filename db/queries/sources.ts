import { and, desc, eq, gte, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { rowsOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { sourceChoices } from "@/db/schema/readiness";
import { VALID_RMSSD_MS } from "@/lib/readiness/constants";
import type { HrvSource } from "@/lib/readiness/types";
import type { Source } from "@/lib/wearables/source";

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
  const { teamId, athleteId, fromDay } = input;
  await db
    .delete(sourceChoices)
    .where(
      and(
        eq(sourceChoices.teamId, teamId),
        eq(sourceChoices.athleteId, athleteId),
        gte(sourceChoices.fromDay, fromDay),
      ),
    );
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
    select (select count(*)::int from scored_nights where ${valid}) as nightly,
      (select count(distinct date)::int from morning_readings where ${valid} and quality <> 'rejected') as morning`;
  return row ?? { nightly: 0, morning: 0 };
}

const sourceRow = z.object({
  id: z.int(),
  provider: z.string(),
  maker: z.string(),
  device: z.string(),
} satisfies Record<keyof Source | "id", z.ZodType>);

/** The numbers of some of an athlete's sources, in one statement; those that are new are numbered after the others. */
async function numberSources(
  db: Db,
  input: { teamId: string; athleteId: string; sources: readonly Source[]; seenAt: Date },
) {
  const { teamId, athleteId, sources, seenAt } = input;
  return rowsOf(db, "numberSources", sourceRow)`
    with wanted as (
      select * from json_to_recordset(${JSON.stringify(sources)}::json) as x (provider text, maker text, device text)
    ), known as (
      select s.id, s.provider, s.maker, s.device from sources s join wanted using (provider, maker, device)
      where s.athlete_id = ${athleteId}
    ), made as (
      insert into sources (team_id, athlete_id, id, provider, maker, device, first_seen_at)
      select ${teamId}::uuid, ${athleteId}::uuid,
        (select coalesce(max(id), 0) from sources where athlete_id = ${athleteId})
          + row_number() over (order by provider, maker, device),
        provider, maker, device, ${seenAt.toISOString()}::timestamptz
      from wanted where (provider, maker, device) not in (select provider, maker, device from known)
      returning id, provider, maker, device
    )
    select * from known union all select * from made`;
}

const nameOf = ({ provider, maker, device }: Source) => [provider, maker, device].join("\n");

/** Finds or makes an athlete's sources; for the holder of the athlete's lease. @returns the number of each of them */
export async function ensureSources(
  db: Db,
  input: { teamId: string; athleteId: string; sources: readonly Source[]; seenAt: Date },
): Promise<(source: Source) => number> {
  const wanted = new Map(input.sources.map((source) => [nameOf(source), source]));
  const rows = wanted.size > 0 ? await numberSources(db, { ...input, sources: [...wanted.values()] }) : [];
  const numbers = new Map(rows.map((row) => [nameOf(row), row.id]));
  return (source) => {
    const number = numbers.get(nameOf(source));
    if (number === undefined) throw new Error("a source has no number");
    return number;
  };
}
