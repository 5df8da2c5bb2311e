import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, rowsOf } from "@/db/rows";
import { wordList } from "@/db/words";
import { CONNECTION_STATUSES, RATE_WINDOWS, UNFINISHED_STATES } from "@/lib/wearables/connection";

const streamCell = z.object({
  stream: z.string(),
  lastSuccessAtMs: z.number().nullable(),
  nextDueAtMs: z.number().nullable(),
  failures: z.int(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
  /** The unfinished transaction or window, if there is one. */
  openSinceMs: z.number().nullable(),
  attempts: z.int().nullable(),
  quarantined: z.int(),
});

export type StreamCell = z.output<typeof streamCell>;

const connectionRow = z.object({
  athleteId: z.string(),
  squadId: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  status: z.enum(CONNECTION_STATUSES),
  statusReason: z.string().nullable(),
  lastNight: civilDate.nullable(),
  /** Since which day the athlete keeps new data back. */
  pausedOn: civilDate.nullable(),
  streams: z.array(streamCell),
});

export type ConnectionRow = z.output<typeof connectionRow>;

/** Every athlete of a squad, or of all squads of the team that are in use, who ever connected, with the state of each stream. */
export async function listConnectionRows(
  db: Db,
  input: { teamId: string; squadId?: string },
): Promise<ConnectionRow[]> {
  const squad = input.squadId
    ? sql`a.squad_id = ${input.squadId}`
    : sql`a.squad_id in (select q.id from squads q where q.team_id = ${input.teamId} and q.archived_at is null)`;
  return rowsOf(db, "listConnectionRows", connectionRow)`
    select a.id as "athleteId", a.squad_id as "squadId", a.name, a.email, c.status, c.status_reason as "statusReason",
      (select max(n.date)::text from nights n where n.athlete_id = a.id) as "lastNight",
      (a.paused_at at time zone (select q.time_zone from squads q where q.id = a.squad_id))::date::text as "pausedOn",
      coalesce(s.streams, '[]'::json) as streams
    from athletes a
    join lateral (
      select * from connections x where x.athlete_id = a.id order by x.connected_at desc limit 1
    ) c on true
    left join lateral (
      select json_agg(json_build_object(
        'stream', t.stream,
        'lastSuccessAtMs', extract(epoch from t.last_success_at) * 1000,
        'nextDueAtMs', extract(epoch from t.next_due_at) * 1000,
        'failures', t.failures, 'errorCode', t.error_code, 'errorMessage', t.error_message,
        'openSinceMs', extract(epoch from o.opened_at) * 1000, 'attempts', o.attempts,
        'quarantined', (
          select count(distinct q.raw_payload_id) from quarantined_fields q
          join raw_payloads p on p.id = q.raw_payload_id
          where q.athlete_id = a.id and p.stream = t.stream))) as streams
      from stream_states t
      left join transactions o on o.athlete_id = t.athlete_id and o.stream = t.stream
        and o.state in ${wordList(UNFINISHED_STATES)}
      where t.athlete_id = a.id and t.retired_at is null
    ) s on true
    where a.team_id = ${input.teamId} and ${squad} and a.stopped_at is null
    order by a.name, a.id`;
}

const quarantinedEntry = z.object({
  id: z.string(),
  athleteId: z.string(),
  payloadId: z.string(),
  stream: z.string(),
  providerKey: z.string(),
  path: z.string(),
  reason: z.string(),
  parserVersion: z.int(),
  quarantinedAtMs: z.number(),
  /** How many entries the athlete has in all. */
  ofAthlete: z.int(),
});

export type QuarantinedEntry = z.output<typeof quarantinedEntry>;

/** Entries shown of one athlete at most: many faults of one must not hide those of another. */
const PER_ATHLETE = 20;

const teamQuarantined = quarantinedEntry.extend({
  athleteName: z.string(),
  squadName: z.string(),
  fetchedAtMs: z.number(),
});

export type TeamQuarantined = z.output<typeof teamQuarantined>;

/** What could not be understood of a team's payloads, the latest first. */
export async function listTeamQuarantined(db: Db, input: { teamId: string }): Promise<TeamQuarantined[]> {
  return rowsOf(db, "listTeamQuarantined", teamQuarantined)`
    select q.id, q.athlete_id as "athleteId", a.name as "athleteName", s.name as "squadName", p.id as "payloadId",
      p.stream, p.provider_key as "providerKey", q.path, q.reason, q.parser_version as "parserVersion",
      (extract(epoch from q.quarantined_at) * 1000)::float8 as "quarantinedAtMs",
      (extract(epoch from p.fetched_at) * 1000)::float8 as "fetchedAtMs", q.of_athlete as "ofAthlete"
    from ${ranked(sql`x.team_id = ${input.teamId}`)} q
    join raw_payloads p on p.id = q.raw_payload_id
    join athletes a on a.id = q.athlete_id
    join squads s on s.id = a.squad_id
    where q.rank <= ${PER_ATHLETE} and a.stopped_at is null
    order by q.quarantined_at desc, q.path limit 400`;
}

/** Quarantined fields with their rank among those of their athlete, the latest first, and how many these are. */
function ranked(condition: SQL): SQL {
  return sql`(
    select x.*, row_number() over (partition by x.athlete_id order by x.quarantined_at desc, x.path) as rank,
      (count(*) over (partition by x.athlete_id))::int as of_athlete
    from quarantined_fields x where ${condition})`;
}

/** What could not be understood of a squad's payloads, the latest first. */
export async function listQuarantined(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<QuarantinedEntry[]> {
  return rowsOf(db, "listQuarantined", quarantinedEntry)`
    select q.id, q.athlete_id as "athleteId", p.id as "payloadId", p.stream, p.provider_key as "providerKey",
      q.path, q.reason, q.parser_version as "parserVersion",
      (extract(epoch from q.quarantined_at) * 1000)::float8 as "quarantinedAtMs", q.of_athlete as "ofAthlete"
    from ${ranked(sql`x.athlete_id in (select id from athletes where squad_id = ${input.squadId})`)} q
    join raw_payloads p on p.id = q.raw_payload_id
    join athletes a on a.id = q.athlete_id
    where q.rank <= ${PER_ATHLETE} and q.team_id = ${input.teamId} and a.stopped_at is null
    order by q.quarantined_at desc, q.path`;
}

const operation = z.object({
  webhookActive: z.boolean().nullable(),
  webhookAtMs: z.number().nullable(),
  waiting: z.int(),
  oldestWaitingMs: z.number().nullable(),
  failures: z.array(
    z.object({ id: z.string(), functionId: z.string(), error: z.string(), failedAtMs: z.number() }),
  ),
  budgets: z.array(
    z.object({ window: z.enum(RATE_WINDOWS), used: z.int(), limit: z.int(), resetsAtMs: z.number() }),
  ),
});

export type Operation = z.output<typeof operation>;

/** The state of what all squads share: webhook, quota, jobs. */
export async function findOperation(db: Db): Promise<Operation> {
  const rows = await rowsOf(db, "findOperation", operation)`
    select
      (select bool_or(active) from webhooks) as "webhookActive",
      (select extract(epoch from max(last_delivery_at)) * 1000 from webhooks)::float8 as "webhookAtMs",
      (select count(*)::int from outbox where relayed_at is null) as waiting,
      (select extract(epoch from min(recorded_at)) * 1000 from outbox where relayed_at is null)::float8
        as "oldestWaitingMs",
      coalesce((
        select json_agg(json_build_object('id', f.id, 'functionId', f.function_id, 'error', f.error,
          'failedAtMs', extract(epoch from f.failed_at) * 1000) order by f.failed_at desc)
        from (select * from job_failures where resolved_at is null order by failed_at desc limit 20) f
      ), '[]'::json) as failures,
      coalesce((
        select json_agg(json_build_object('window', b."window", 'used', b.used, 'limit', b."limit",
          'resetsAtMs', extract(epoch from b.resets_at) * 1000) order by b."window")
        from rate_budgets b
      ), '[]'::json) as budgets`;
  return rows[0]!;
}
