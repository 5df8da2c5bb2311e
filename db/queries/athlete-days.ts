import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { dayDecisions } from "@/db/schema/readiness";
import type { LoadKind } from "@/lib/readiness/load/kind";
import type { BaselineGrade, DayDecision, HrvSource, Level, NoVerdictReason } from "@/lib/readiness/types";

export type AthleteDayRow = {
  date: string;
  source: HrvSource;
  rmssdMs: number | null;
  valid: boolean;
  suspect: boolean;
  mean7: number | null;
  mean28: number | null;
  /** 100 x SD of ln RMSSD over 7 days. */
  sd7Percent: number | null;
  travel: boolean;
  baselineMean: number | null;
  baselineSd: number | null;
  baselineGrade: BaselineGrade;
  z: number | null;
  level: Level;
  reason: NoVerdictReason | null;
  load: number | null;
  loadKind: LoadKind;
  loadEwma7: number | null;
  loadEwma28: number | null;
  heartRateBpm: number | null;
  ansCharge: number | null;
  asleepS: number | null;
  lightS: number | null;
  deepS: number | null;
  remS: number | null;
  interruptedS: number | null;
  sleepQuality: number | null;
  fatigue: number | null;
  soreness: number | null;
  lifeStress: number | null;
  /** What the athlete ticked in the check-in. */
  checkInTags: string[];
  excludedTag: string | null;
  confirmed: boolean;
  /** A coach took the label of travel back. */
  notTravel: boolean;
};

/** One row per scored day of an athlete, with what the night and the check-in of that day say. */
export async function listAthleteDays(
  db: Db,
  input: { teamId: string; athleteId: string; from: string; to: string },
): Promise<AthleteDayRow[]> {
  const { teamId, athleteId, from, to } = input;
  const rows = await db.execute<AthleteDayRow>(sql`
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
    left join scored_nights n on n.athlete_id = d.athlete_id and n.date = d.date
    left join lateral (
      select x.heart_rate_bpm from morning_readings x
      where d.source = 'morning' and x.athlete_id = d.athlete_id and x.date = d.date and x.quality <> 'rejected'
      order by x.origin desc limit 1
    ) m on true
    left join scored_sleeps s on s.athlete_id = d.athlete_id and s.date = d.date
    left join check_ins c on c.athlete_id = d.athlete_id and c.date = d.date
    left join day_decisions x on x.athlete_id = d.athlete_id and x.date = d.date and x.kind = 'excluded'
    left join day_decisions k on k.athlete_id = d.athlete_id and k.date = d.date and k.kind = 'confirmed'
    left join day_decisions y on y.athlete_id = d.athlete_id and y.date = d.date and y.kind = 'not-travel'
    where d.team_id = ${teamId} and d.athlete_id = ${athleteId} and d.date between ${from}::date and ${to}::date
    order by d.date`);
  return [...rows];
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
  const rows = await db.execute<NewUsual>(sql`
    select d.date::text as "fromDay", coalesce(u.name, u.email) as by
    from day_decisions d left join users u on u.id = d.decided_by
    where d.team_id = ${input.teamId} and d.athlete_id = ${input.athleteId} and d.kind = 'new-usual'
    order by d.date desc`);
  return [...rows];
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
