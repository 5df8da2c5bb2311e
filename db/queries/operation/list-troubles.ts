import { sql } from "drizzle-orm";
import type { Db } from "../../client";

export type StreamTrouble = {
  athleteId: string;
  athleteName: string;
  squadName: string;
  stream: string;
  errorCode: string | null;
  errorMessage: string | null;
  failures: number;
  nextDueAtMs: number | null;
  transactionId: string | null;
  transactionState: "open" | "stored" | null;
  delivery: "transaction" | "window" | null;
  openSinceMs: number | null;
  storedSinceMs: number | null;
  attempts: number | null;
  /** Items that Polar lists and that have not loaded. */
  stuckItems: number;
};

/** Streams that failed or hold a transaction open, the longest first; those that wait for Polar's quota are counted elsewhere. */
export async function listStreamTroubles(db: Db, input: { teamId: string }): Promise<StreamTrouble[]> {
  const rows = await db.execute<StreamTrouble>(sql`
    select a.id as "athleteId", a.name as "athleteName", s.name as "squadName", t.stream,
      t.error_code as "errorCode", t.error_message as "errorMessage", t.failures,
      (extract(epoch from t.next_due_at) * 1000)::float8 as "nextDueAtMs",
      o.id as "transactionId", o.state as "transactionState", o.delivery, o.attempts,
      (extract(epoch from o.opened_at) * 1000)::float8 as "openSinceMs",
      (extract(epoch from o.stored_at) * 1000)::float8 as "storedSinceMs",
      coalesce(i.stuck, 0) as "stuckItems"
    from stream_states t
    join athletes a on a.id = t.athlete_id
    join squads s on s.id = a.squad_id
    join connections c on c.athlete_id = a.id and c.status = 'active'
    left join transactions o on o.athlete_id = t.athlete_id and o.stream = t.stream and o.state in ('open', 'stored')
    left join lateral (
      select count(*)::int as stuck from transaction_items x
      where x.transaction_id = o.id and x.state = 'offered' and x.attempts > 0
    ) i on true
    where t.team_id = ${input.teamId} and a.stopped_at is null and t.retired_at is null
      and (o.id is not null or t.error_code is not null) and t.error_code is distinct from 'polar-busy'
    order by t.failures desc, o.opened_at, a.name, t.stream limit 200`);
  return [...rows];
}

export type BrokenConnection = {
  athleteId: string;
  athleteName: string;
  squadId: string;
  squadName: string;
  email: string | null;
  status: "needs-reconnection" | "consent-missing";
};

/** Connections at which only the athlete can help. */
export async function listBrokenConnections(db: Db, input: { teamId: string }): Promise<BrokenConnection[]> {
  const rows = await db.execute<BrokenConnection>(sql`
    select a.id as "athleteId", a.name as "athleteName", s.id as "squadId", s.name as "squadName", a.email, c.status
    from connections c
    join athletes a on a.id = c.athlete_id
    join squads s on s.id = a.squad_id
    where c.team_id = ${input.teamId} and c.status in ('needs-reconnection', 'consent-missing') and a.stopped_at is null
    order by s.name, a.name`);
  return [...rows];
}

export type SquadConnections = {
  squadId: string;
  name: string;
  timeZone: string;
  connected: number;
  needAction: number;
  /** Streams of the connected athletes, and how many of them waited for nothing at the last look. */
  streams: number;
  inOrder: number;
};

/** How each squad in use is connected. */
export async function countConnections(db: Db, input: { teamId: string }): Promise<SquadConnections[]> {
  const rows = await db.execute<SquadConnections>(sql`
    select s.id as "squadId", s.name, s.time_zone as "timeZone",
      count(c.id) filter (where c.status = 'active')::int as connected,
      count(c.id) filter (where c.status in ('needs-reconnection', 'consent-missing'))::int as "needAction",
      coalesce(sum(t.streams), 0)::int as streams, coalesce(sum(t.in_order), 0)::int as "inOrder"
    from squads s
    left join athletes a on a.squad_id = s.id and a.stopped_at is null
    left join connections c on c.athlete_id = a.id and c.status <> 'revoked'
    left join lateral (
      select count(*) as streams,
        count(*) filter (where x.error_code is null and x.last_success_at is not null and not exists (
          select from raw_payloads p where p.athlete_id = x.athlete_id and p.stream = x.stream and p.value_count = 0
        )) as in_order
      from stream_states x where x.athlete_id = a.id and x.retired_at is null and c.status = 'active'
    ) t on true
    where s.team_id = ${input.teamId} and s.archived_at is null
    group by s.id order by s.name`);
  return [...rows];
}

/** How many streams of a team wait for Polar's quota, and until when. */
export async function countQuotaWaits(
  db: Db,
  input: { teamId: string },
): Promise<{ streams: number; untilMs: number | null }> {
  const [row] = await db.execute<{ streams: number; untilMs: number | null }>(sql`
    select count(*)::int as streams, (extract(epoch from max(t.next_due_at)) * 1000)::float8 as "untilMs"
    from stream_states t where t.team_id = ${input.teamId} and t.error_code = 'polar-busy'`);
  return row ?? { streams: 0, untilMs: null };
}
