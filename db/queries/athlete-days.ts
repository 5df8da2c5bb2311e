import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, rowsOf } from "@/db/rows";
import { users } from "@/db/schema/auth";
import { dayDecisions } from "@/db/schema/readiness";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import {
  BASELINE_GRADES,
  type DayDecision,
  HRV_SOURCES,
  LEVELS,
  NO_VERDICT_REASONS,
} from "@/lib/readiness/types";

const athleteDayRow = z.object({
  date: civilDate,
  source: z.enum(HRV_SOURCES),
  rmssdMs: z.number().nullable(),
  valid: z.boolean(),
  suspect: z.boolean(),
  mean7: z.number().nullable(),
  mean28: z.number().nullable(),
  /** 100 x SD of ln RMSSD over 7 days. */
  sd7Percent: z.number().nullable(),
  travel: z.boolean(),
  baselineMean: z.number().nullable(),
  baselineSd: z.number().nullable(),
  baselineGrade: z.enum(BASELINE_GRADES),
  z: z.number().nullable(),
  level: z.enum(LEVELS),
  reason: z.enum(NO_VERDICT_REASONS).nullable(),
  load: z.number().nullable(),
  loadKind: z.enum(LOAD_KINDS),
  loadEwma7: z.number().nullable(),
  loadEwma28: z.number().nullable(),
  heartRateBpm: z.number().nullable(),
  ansCharge: z.number().nullable(),
  asleepS: z.int().nullable(),
  lightS: z.int().nullable(),
  deepS: z.int().nullable(),
  remS: z.int().nullable(),
  interruptedS: z.int().nullable(),
  sleepQuality: z.int().nullable(),
  fatigue: z.int().nullable(),
  soreness: z.int().nullable(),
  lifeStress: z.int().nullable(),
  /** What the athlete ticked in the check-in. */
  checkInTags: z.array(z.string()),
  excludedTag: z.string().nullable(),
  confirmed: z.boolean(),
  /** A coach took the label of travel back. */
  notTravel: z.boolean(),
});

export type AthleteDayRow = z.output<typeof athleteDayRow>;

/** One row per scored day of an athlete, with what the night and the check-in of that day say. */
export async function listAthleteDays(
  db: Db,
  input: { teamId: string; athleteId: string; from: string; to: string },
): Promise<AthleteDayRow[]> {
  const { teamId, athleteId, from, to } = input;
  return rowsOf(db, "listAthleteDays", athleteDayRow)`
    select d.date::text as date, d.source, d.rmssd_ms as "rmssdMs", d.valid, d.suspect, d.mean7, d.mean28,
      (d.evidence ->> 'sd7Percent')::float8 as "sd7Percent",
      coalesce((d.evidence #>> '{context,travel}')::boolean, false) as travel,
      d.baseline_mean as "baselineMean", d.baseline_sd as "baselineSd", d.baseline_grade as "baselineGrade",
      d.z, d.level, d.reason, d.load, d.load_kind as "loadKind", d.load_ewma7 as "loadEwma7",
      d.load_ewma28 as "loadEwma28",
      case when d.source = 'morning' then m.heart_rate_bpm else n.heart_rate_bpm end as "heartRateBpm", n.ans_charge as "ansCharge",
      s.asleep_s as "asleepS", s.light_s as "lightS", s.deep_s as "deepS", s.rem_s as "remS",
      s.interrupted_s as "interruptedS", c.sleep_quality as "sleepQuality", c.fatigue, c.soreness,
      c.life_stress as "lifeStress", coalesce(c.tags, '{}') as "checkInTags",
      x.tag as "excludedTag", k.athlete_id is not null as confirmed,
      y.athlete_id is not null as "notTravel"
    from readiness_days d
    left join nights n on n.athlete_id = d.athlete_id and n.date = d.date
    left join lateral (
      select x.heart_rate_bpm from morning_readings x
      where d.source = 'morning' and x.athlete_id = d.athlete_id and x.date = d.date and x.quality <> 'rejected'
      order by x.origin desc limit 1
    ) m on true
    left join sleeps s on s.athlete_id = d.athlete_id and s.date = d.date
    left join check_ins c on c.athlete_id = d.athlete_id and c.date = d.date
    left join day_decisions x on x.athlete_id = d.athlete_id and x.date = d.date and x.kind = 'excluded'
    left join day_decisions k on k.athlete_id = d.athlete_id and k.date = d.date and k.kind = 'confirmed'
    left join day_decisions y on y.athlete_id = d.athlete_id and y.date = d.date and y.kind = 'not-travel'
    where d.team_id = ${teamId} and d.athlete_id = ${athleteId} and d.date between ${from}::date and ${to}::date
    order by d.date`;
}

type Key = {
  teamId: string;
  athleteId: string;
  date: string;
  kind: DayDecision;
};

/** Writes a decision over an earlier one; false when the athlete is not of the team. */
export async function saveDayDecision(
  db: Db,
  input: Key & { tag: string; decidedBy: string; decidedAt: Date },
): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into day_decisions (team_id, athlete_id, date, kind, tag, decided_by, decided_at)
    select team_id, id, ${input.date}::date, ${input.kind}, ${input.tag}, ${input.decidedBy}::uuid,
      ${input.decidedAt.toISOString()}::timestamptz
    from athletes where id = ${input.athleteId} and team_id = ${input.teamId}
    on conflict (athlete_id, date, kind) do update
      set tag = excluded.tag, decided_by = excluded.decided_by, decided_at = excluded.decided_at
    returning athlete_id`);
  return rows.length > 0;
}

/** Takes a decision back; false when there was none. */
export async function removeDayDecision(db: Db, { teamId, athleteId, date, kind }: Key): Promise<boolean> {
  const rows = await db
    .delete(dayDecisions)
    .where(
      and(
        eq(dayDecisions.teamId, teamId),
        eq(dayDecisions.athleteId, athleteId),
        eq(dayDecisions.date, date),
        eq(dayDecisions.kind, kind),
      ),
    )
    .returning({ athleteId: dayDecisions.athleteId });
  return rows.length > 0;
}

export type NewUsual = { fromDay: string; by: string | null };

/** The days from which on an athlete's level was accepted as usual, the latest first, with who said so. */
export async function listNewUsuals(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<NewUsual[]> {
  const rows = await db
    .select({ fromDay: dayDecisions.date, name: users.name, email: users.email })
    .from(dayDecisions)
    .leftJoin(users, eq(users.id, dayDecisions.decidedBy))
    .where(
      and(
        eq(dayDecisions.teamId, input.teamId),
        eq(dayDecisions.athleteId, input.athleteId),
        eq(dayDecisions.kind, "new-usual"),
      ),
    )
    .orderBy(desc(dayDecisions.date));
  return rows.map(({ fromDay, name, email }) => ({ fromDay, by: name ?? email }));
}

type Note = {
  teamId: string;
  athleteId: string;
  date: string;
  text: string;
  userId: string;
  writtenAt: Date;
};

/** Adds a note; false when the athlete is not of the team. */
export async function insertNote(db: Db, note: Note): Promise<boolean> {
  const rows = await db.execute(sql`
    insert into notes (team_id, athlete_id, date, text, user_id, written_at)
    select team_id, id, ${note.date}::date, ${note.text}, ${note.userId}::uuid, ${note.writtenAt.toISOString()}::timestamptz
    from athletes where id = ${note.athleteId} and team_id = ${note.teamId}
    returning id`);
  return rows.length > 0;
}
