import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, documentOf, numbersOrNull, rowsOf } from "@/db/rows";
import { readinessDays } from "@/db/schema/readiness";
import { wordList } from "@/db/words";
import { CAUSES, VERDICTS } from "@/lib/alerts/causes";
import { QUESTIONS } from "@/lib/check-in";
import { READING_ORIGINS } from "@/lib/hrv/readings";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import {
  BASELINE_GRADES,
  HRV_SOURCES,
  LEVELS,
  MAILED_LEVELS,
  NO_VERDICT_REASONS,
} from "@/lib/readiness/types";
import { CONNECTION_STATUSES } from "@/lib/wearables/connection";
import { isLive } from "./connections";

/** Days of history that come with each row: the sparkline shows the last 60, episodes may have opened earlier. */
export const HISTORY_DAYS = 90;

/** Days of the sparkline. */
export const SPARK_DAYS = 60;

/** Nights of the chart beside a reason. */
const WHY_NIGHTS = 21;

/** An athlete's last days, packed: a thousand athletes travel at once. Days are consecutive; the last is the latest scored. */
export type PackedHistory = z.output<typeof packedHistory>;

const packedHistory = z.object({
  /** Days from the chosen date to the first one, never positive. */
  firstOffset: z.int(),
  /** Initial of each day's level, upper case on a firm baseline. */
  levels: z.string(),
  /** The last SPARK_DAYS of them: 1000 x of a valid night, 1000 x the 7-day mean; null when there is none of them. */
  nights: numbersOrNull.nullable(),
  mean7: numbersOrNull.nullable(),
});

/** A night of the chart beside a reason; `mean7` is an ln value. */
const packedNight = z.object({
  offset: z.int(),
  rmssdMs: z.number().nullable(),
  valid: z.boolean(),
  mean7: z.number().nullable(),
  load: z.number().nullable(),
});

/** Where a morning reading came from, and the share of its intervals that was accepted. */
export type MorningOrigin = z.output<typeof morningOrigin>;

const morningOrigin = z.object({
  origin: z.enum(READING_ORIGINS),
  acceptedShare: z.number().nullable(),
});

export type SquadViewRow = z.output<typeof squadViewRow>;

const squadViewRow = z.object({
  athleteId: z.string(),
  name: z.string(),
  groupName: z.string().nullable(),
  stopped: z.boolean(),
  /** Since which day the athlete keeps new data back. */
  pausedOn: civilDate.nullable(),
  level: z.enum(LEVELS).nullable(),
  reason: z.enum(NO_VERDICT_REASONS).nullable(),
  /** Null before anything was scored, as are the next three. */
  source: z.enum(HRV_SOURCES).nullable(),
  travel: z.boolean().nullable(),
  suspectPair: z.boolean().nullable(),
  rmssdMs: z.number().nullable(),
  suspect: z.boolean().nullable(),
  baselineN: z.int().nullable(),
  baselineMean: z.number().nullable(),
  baselineSd: z.number().nullable(),
  baselineGrade: z.enum(BASELINE_GRADES).nullable(),
  z: z.number().nullable(),
  mean7: z.number().nullable(),
  trendSlope: z.number().nullable(),
  trendP: z.number().nullable(),
  loadSum7: z.number().nullable(),
  loadPrev7: z.number().nullable(),
  loadKnown7: z.int().nullable(),
  loadChangePercent: z.number().nullable(),
  loadKind: z.enum(LOAD_KINDS).nullable(),
  rules: z.record(z.string(), z.boolean().nullable()).nullable(),
  scoredAtMs: z.number().nullable(),
  evidence: documentOf(readinessDays.evidence).nullable(),
  history: packedHistory.nullable(),
  /** Comes with the evidence. */
  whyNights: z.array(packedNight).nullable(),
  heartRateBpm: z.number().nullable(),
  heartRateUsualBpm: z.number().nullable(),
  ansCharge: z.number().nullable(),
  rechargeStatus: z.int().nullable(),
  receivedAtMs: z.number().nullable(),
  lastNight: civilDate.nullable(),
  lastReceivedAtMs: z.number().nullable(),
  asleepS: z.int().nullable(),
  asleepUsualS: z.number().nullable(),
  sleepCharge: z.number().nullable(),
  /** What was answered on the morning, each question by itself; null where no check-in was sent. */
  answers: z.record(z.enum(QUESTIONS), z.int().nullable()).nullable(),
  /** Whether a question was answered on the morning or on one before. */
  hasAnswered: z.boolean(),
  deviceId: z.string().nullable(),
  /** The reading of the day, where the day is scored on mornings. */
  morning: morningOrigin.nullable(),
  connection: z.enum(CONNECTION_STATUSES).nullable(),
  /** True also where the only connection was revoked. */
  everConnected: z.boolean(),
  connectedAtMs: z.number().nullable(),
  backfilled: z.boolean().nullable(),
  foundCount: z.int().nullable(),
  readCount: z.int().nullable(),
  failedStreams: z.int().nullable(),
  verdicts: z.array(
    z.object({
      openedOn: civilDate,
      verdict: z.enum(VERDICTS),
      cause: z.enum(CAUSES).nullable(),
      by: z.string().nullable(),
      saidAtMs: z.number(),
    }),
  ),
});

/**
 * Everything the squad view shows of each athlete on one civil date, in one round trip.
 * Evidence comes with the rows whose reason is shown at once; `athleteId` asks for one athlete with it in any case.
 */
export async function listSquadViewRows(
  db: Db,
  input: { teamId: string; squadId: string; date: string; athleteId?: string },
): Promise<SquadViewRow[]> {
  const { teamId, squadId, date, athleteId } = input;
  const one = athleteId === undefined ? sql`true` : sql`a.id = ${athleteId}`;
  const withEvidence = athleteId === undefined ? sql`d.level in ${wordList(MAILED_LEVELS)}` : sql`true`;
  const day = sql`${date}::date`;
  // The other series has another level: a line through both would show a change that never was.
  const sameSource = sql`r.source = coalesce(d.source, r.source)`;
  return rowsOf(db, "listSquadViewRows", squadViewRow)`
    select
      a.id as "athleteId", a.name, a.group_name as "groupName", a.stopped_at is not null as stopped,
      (a.paused_at at time zone (select q.time_zone from squads q where q.id = a.squad_id))::date::text as "pausedOn",
      d.level, d.reason, d.source, (d.evidence #>> '{context,travel}')::boolean as travel,
      (d.evidence #>> '{context,suspectPair}')::boolean as "suspectPair", case when d.valid or d.suspect then d.rmssd_ms end as "rmssdMs", d.suspect, d.baseline_n as "baselineN",
      d.baseline_mean as "baselineMean", d.baseline_sd as "baselineSd", d.baseline_grade as "baselineGrade",
      d.z, d.mean7, d.trend_slope as "trendSlope", d.trend_p as "trendP",
      d.load_sum7 as "loadSum7", d.load_prev7 as "loadPrev7", d.load_known7 as "loadKnown7",
      (d.evidence #>> '{load,changePercent}')::float8 as "loadChangePercent",
      d.load_kind as "loadKind", d.rules,
      (extract(epoch from d.scored_at) * 1000)::float8 as "scoredAtMs",
      case when ${withEvidence} then d.evidence end as evidence,
      h.history, w.nights as "whyNights",
      case when d.source = 'morning' then m.heart_rate_bpm else n.heart_rate_bpm end as "heartRateBpm",
      u.bpm as "heartRateUsualBpm",
      n.ans_charge as "ansCharge", n.recharge_status as "rechargeStatus",
      (extract(epoch from case when d.source = 'morning' then m.created_at else n.received_at end) * 1000)::float8
        as "receivedAtMs",
      l.date::text as "lastNight", (extract(epoch from l.received_at) * 1000)::float8 as "lastReceivedAtMs",
      s.asleep_s as "asleepS", us.asleep_s as "asleepUsualS",
      (s.polar ->> 'sleepCharge')::float8 as "sleepCharge",
      case when k.date is not null then json_build_object('sleepQuality', k.sleep_quality, 'fatigue', k.fatigue,
        'soreness', k.soreness, 'lifeStress', k.life_stress) end as answers,
      a.stopped_at is null and exists (select from check_ins x where x.athlete_id = a.id and x.date <= ${day}
        and coalesce(x.sleep_quality, x.fatigue, x.soreness, x.life_stress) is not null) as "hasAnswered",
      case when d.source = 'nightly' then s.device_id end as "deviceId",
      case when m.origin is not null then json_build_object('origin', m.origin, 'acceptedShare', m.accepted_share) end
        as morning,
      c.status as connection,
      c.id is not null or exists (select from connections x where x.athlete_id = a.id) as "everConnected", (extract(epoch from c.connected_at) * 1000)::float8 as "connectedAtMs",
      c.backfilled_at is not null as backfilled,
      p."foundCount", p."readCount", p."failedStreams",
      coalesce(v.verdicts, '[]'::json) as verdicts
    from athletes a
    left join connections c on c.athlete_id = a.id and ${isLive("c")}
    left join readiness_days d on d.athlete_id = a.id and d.date = ${day} and a.stopped_at is null
    left join scored_nights n on n.athlete_id = a.id and n.date = ${day} and a.stopped_at is null
    left join scored_sleeps s on s.athlete_id = a.id and s.date = ${day} and a.stopped_at is null
    left join check_ins k on k.athlete_id = a.id and k.date = ${day} and a.stopped_at is null
    left join lateral (
      select x.origin, x.heart_rate_bpm, x.accepted_share, x.created_at from morning_readings x
      where d.source = 'morning' and x.athlete_id = a.id and x.date = ${day} and x.quality <> 'rejected'
      order by x.origin desc limit 1
    ) m on true
    left join lateral (
      select json_build_object(
        'firstOffset', min(r.date) - ${day},
        'levels', string_agg(
          case when r.baseline_grade = 'firm' then chr(ascii(r.level) - 32) else left(r.level, 1) end, ''),
        'nights', array_agg(case when r.valid and ${sameSource} then round(ln(r.rmssd_ms) * 1000)::int end)
          filter (where r.date > ${day} - ${SPARK_DAYS}::int),
        'mean7', array_agg(case when ${sameSource} then round(r.mean7 * 1000)::int end)
          filter (where r.date > ${day} - ${SPARK_DAYS}::int)
      ) as history
      from (
        select r.date, r.level, r.baseline_grade, r.valid, r.rmssd_ms, r.mean7, r.source from readiness_days r
        where r.athlete_id = a.id and r.date between ${day} - ${HISTORY_DAYS - 1}::int and ${day}
        order by r.date
      ) r
      having count(*) > 0
    ) h on a.stopped_at is null
    left join lateral (
      select json_agg(json_build_object('offset', r.date - ${day}, 'rmssdMs', case when ${sameSource} then r.rmssd_ms::real end, 'valid', r.valid,
        'mean7', case when ${sameSource} then r.mean7::real end, 'load', r.load::real) order by r.date) as nights
      from readiness_days r
      where r.athlete_id = a.id and r.date between ${day} - ${WHY_NIGHTS - 1}::int and ${day}
        and d.athlete_id is not null and (${withEvidence})
    ) w on true
    left join lateral (
      select avg(x.heart_rate_bpm) as bpm from (
        select n7.heart_rate_bpm from scored_nights n7
        where d.source is distinct from 'morning' and n7.athlete_id = a.id
          and n7.date between ${day} - 7 and ${day} - 1
        union all
        select m7.heart_rate_bpm from morning_readings m7
        where d.source = 'morning' and m7.athlete_id = a.id and m7.quality <> 'rejected'
          and m7.date between ${day} - 7 and ${day} - 1
      ) x
    ) u on true
    left join lateral (
      select avg(x.asleep_s)::float8 as asleep_s from scored_sleeps x
      where x.athlete_id = a.id and x.date between ${day} - 28 and ${day} - 1
    ) us on true
    left join lateral (
      select * from (
        (select n1.date, n1.received_at from scored_nights n1
        where d.source is distinct from 'morning' and n1.athlete_id = a.id and n1.date <= ${day}
        order by n1.date desc limit 1)
        union all
        (select m1.date, m1.created_at from morning_readings m1
        where d.source = 'morning' and m1.athlete_id = a.id and m1.date <= ${day}
        order by m1.date desc limit 1)
      ) x
    ) l on a.stopped_at is null
    left join lateral (
      select sum(x.found_count)::int as "foundCount", (sum(x.read_count) - case when c.backfilled_at is null
          then (select count(*) from raw_payloads r where r.athlete_id = a.id and r.value_count = 0) else 0 end)::int
          as "readCount",
        count(*) filter (where x.error_code is not null)::int as "failedStreams"
      from stream_states x where x.athlete_id = a.id
    ) p on true
    left join lateral (
      select json_agg(json_build_object(
        'openedOn', x.opened_on, 'verdict', x.verdict, 'cause', x.cause, 'by', coalesce(w.name, w.email),
        'saidAtMs', extract(epoch from x.said_at) * 1000)) as verdicts
      from episode_verdicts x left join users w on w.id = x.user_id
      where x.athlete_id = a.id and x.opened_on between ${day} - ${HISTORY_DAYS}::int and ${day}
    ) v on true
    where a.team_id = ${teamId} and a.squad_id = ${squadId} and ${one}
      and (c.id is not null or a.stopped_at is not null or d.athlete_id is not null
        or exists (select 1 from readiness_days r where r.athlete_id = a.id))
    order by a.name, a.id`;
}

const squadVersion = z.object({ version: z.string(), isBusy: z.boolean() });

/** Latest change of everything a squad's pages are made of, in one text; undefined when the squad is not the team's. */
export async function findSquadVersion(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<{ version: string; isBusy: boolean } | undefined> {
  const [row] = await rowsOf(db, "findSquadVersion", squadVersion)`
    select row(s.preset, s.name, count(a.id), count(a.stopped_at), count(a.paused_at),
      extract(epoch from max(d.scored_at))::text, sum(p.read)::text, sum(p.found)::text, sum(p.failed)::text,
      extract(epoch from max(v.said_at))::text, extract(epoch from max(k.answered_at))::text, count(c.id), count(c.backfilled_at),
      count(*) filter (where c.status = 'active'), (
        select extract(epoch from max(greatest(m.settled_at, m.looked_at)))::text from squad_mornings m
        where m.squad_id = s.id and m.date >= current_date - 1
      ), (
        select md5(string_agg(concat_ws('/', o.id, o.name, o.archived_at), ',' order by o.id))
        from squads o where o.team_id = s.team_id
      ))::text as version,
      count(*) filter (where c.status = 'active' and c.backfilled_at is null) > 0
        or count(c.id) + count(a.stopped_at) = 0 and s.archived_at is null as "isBusy"
    from squads s
    left join athletes a on a.squad_id = s.id
    left join connections c on c.athlete_id = a.id and ${isLive("c")}
    left join lateral (
      select max(r.scored_at) as scored_at from readiness_days r
      where r.athlete_id = a.id and r.date >= current_date - 1
    ) d on true
    left join lateral (
      select sum(x.read_count) as read, sum(x.found_count) as found,
        count(*) filter (where x.error_code is not null) as failed
      from stream_states x where x.athlete_id = a.id
    ) p on true
    left join lateral (select max(x.said_at) as said_at from episode_verdicts x where x.athlete_id = a.id) v on true
    left join lateral (select max(x.answered_at) as answered_at from check_ins x where x.athlete_id = a.id) k on true
    where s.id = ${input.squadId} and s.team_id = ${input.teamId}
    group by s.id`;
  return row;
}
