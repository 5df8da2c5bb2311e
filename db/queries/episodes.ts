import { and, asc, between, desc, eq, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { booleans, civilDates, rowsOf, wordsOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { episodeVerdicts, readinessDays } from "@/db/schema/readiness";
import { wordList } from "@/db/words";
import { VERDICTS } from "@/lib/alerts/causes";
import { isMailedLevel } from "@/lib/readiness/level";
import { LEVELS, MAILED_LEVELS } from "@/lib/readiness/types";

const athleteLevels = z.object({
  athleteId: z.string(),
  name: z.string(),
  days: z.tuple([civilDates, wordsOf(LEVELS), booleans]),
});

/** Levels of a squad's connected athletes up to a day, in date order; mailable ones are of a mailed level on a firm baseline. */
export async function listLevels(db: Db, input: { teamId: string; squadId: string; until: string }) {
  const rows = await rowsOf(db, "listLevels", athleteLevels)`
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
    order by a.name, a.id`;
  return rows.map(({ athleteId, name, days: [dates, levels, mailable] }) => ({
    athleteId,
    name,
    days: dates.map((date, i) => ({ date, level: levels[i]!, mailable: mailable[i]! })),
  }));
}

/** One athlete's scored levels of a span, in date order; mailable ones are of a mailed level on a firm baseline. */
export async function listAthleteLevels(
  db: Db,
  input: { teamId: string; athleteId: string; from: string; to: string },
) {
  const rows = await db
    .select({ date: readinessDays.date, level: readinessDays.level, grade: readinessDays.baselineGrade })
    .from(readinessDays)
    .where(
      and(
        eq(readinessDays.teamId, input.teamId),
        eq(readinessDays.athleteId, input.athleteId),
        between(readinessDays.date, input.from, input.to),
      ),
    )
    .orderBy(asc(readinessDays.date));
  return rows.map(({ date, level, grade }) => ({
    date,
    level,
    mailable: isMailedLevel(level) && grade === "firm",
  }));
}

export type VerdictEntry = Awaited<ReturnType<typeof listAthleteVerdicts>>[number];

/** What coaches said of an athlete's episodes, the latest first. */
export async function listAthleteVerdicts(db: Db, input: { teamId: string; athleteId: string }) {
  const { openedOn, verdict, cause, saidAt } = episodeVerdicts;
  const rows = await db
    .select({ openedOn, verdict, cause, saidAt, name: users.name, email: users.email })
    .from(episodeVerdicts)
    .leftJoin(users, eq(users.id, episodeVerdicts.userId))
    .where(and(eq(episodeVerdicts.teamId, input.teamId), eq(episodeVerdicts.athleteId, input.athleteId)))
    .orderBy(desc(openedOn));
  return rows.map((row) => ({
    openedOn: row.openedOn,
    verdict: row.verdict,
    cause: row.cause,
    by: row.name ?? row.email,
    saidAtMs: row.saidAt.getTime(),
  }));
}

const athleteVerdicts = z.object({ athleteId: z.string(), name: z.string(), verdicts: wordsOf(VERDICTS) });

/** The verdicts on episodes of every sharing athlete of a squad, by name. */
export async function listSquadVerdicts(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<z.output<typeof athleteVerdicts>[]> {
  return rowsOf(db, "listSquadVerdicts", athleteVerdicts)`
    select a.id as "athleteId", a.name, coalesce(json_agg(v.verdict) filter (where v.verdict is not null), '[]') as verdicts
    from athletes a left join episode_verdicts v on v.athlete_id = a.id
    where a.team_id = ${input.teamId} and a.squad_id = ${input.squadId} and a.stopped_at is null
      and exists (select from connections c where c.athlete_id = a.id)
    group by a.id, a.name order by a.name, a.id`;
}

/** What coaches said of athletes' episodes, each keyed by the day it opened on. */
export async function listVerdicts(db: Db, input: { teamId: string; athleteIds: string[] }) {
  if (input.athleteIds.length === 0) return [];
  return db
    .select({
      athleteId: episodeVerdicts.athleteId,
      openedOn: episodeVerdicts.openedOn,
      verdict: episodeVerdicts.verdict,
    })
    .from(episodeVerdicts)
    .where(
      and(eq(episodeVerdicts.teamId, input.teamId), inArray(episodeVerdicts.athleteId, input.athleteIds)),
    );
}

type VerdictKey = { teamId: string; athleteId: string; openedOn: string };

type VerdictRow = Pick<typeof episodeVerdicts.$inferInsert, "verdict" | "cause" | "userId" | "saidAt">;

/** Writes a coach's word on an episode over an earlier one; false when the athlete is not of the team. */
export async function saveVerdict(db: Db, input: VerdictKey & VerdictRow): Promise<boolean> {
  const { teamId, athleteId, openedOn, verdict, cause, userId, saidAt } = input;
  const rows = await db.execute(sql`
    insert into episode_verdicts (team_id, athlete_id, opened_on, verdict, cause, user_id, said_at)
    select team_id, id, ${openedOn}::date, ${verdict}, ${cause ?? null}, ${userId ?? null}::uuid, ${saidAt.toISOString()}::timestamptz
    from athletes where id = ${athleteId} and team_id = ${teamId}
    on conflict (athlete_id, opened_on) do update
      set verdict = excluded.verdict, cause = excluded.cause, user_id = excluded.user_id, said_at = excluded.said_at
    returning athlete_id`);
  return rows.length > 0;
}

/** Takes a word back; false when there was none. */
export async function forgetVerdict(db: Db, input: VerdictKey): Promise<boolean> {
  const rows = await db
    .delete(episodeVerdicts)
    .where(
      and(
        eq(episodeVerdicts.athleteId, input.athleteId),
        eq(episodeVerdicts.teamId, input.teamId),
        eq(episodeVerdicts.openedOn, input.openedOn),
      ),
    )
    .returning({ athleteId: episodeVerdicts.athleteId });
  return rows.length > 0;
}
