import { sql } from "drizzle-orm";
import { type Delivery, UNFINISHED_STATES } from "@/lib/wearables/connection";
import type { Db } from "../../client";
import { wordList } from "../../words";

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
  transactionState: (typeof UNFINISHED_STATES)[number] | null;
  delivery: Delivery | null;
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
    left join transactions o on o.athlete_id = t.athlete_id and o.stream = t.stream and o.state in ${wordList(UNFINISHED_STATES)}
    left join lateral (
      select count(*)::int as stuck from transaction_items x
      where x.transaction_id = o.id and x.state = 'offered' and x.attempts > 0
    ) i on true
    where t.team_id = ${input.teamId} and a.stopped_at is null and t.retired_at is null
      and (o.id is not null or t.error_code is not null) and t.error_code is distinct from 'polar-busy'
    order by t.failures desc, o.opened_at, a.name, t.stream limit 200`);
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
