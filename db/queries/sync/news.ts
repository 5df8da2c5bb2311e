import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import { isLive } from "../connections/connections";

type Stream = { athleteId: string; stream: string };

/** Sessions of the plain collection that no transaction brought. */
const sessionsBeyond = ({ athleteId }: Stream, since: string) => sql`
  select from workouts w
  join raw_payloads p on p.athlete_id = w.athlete_id and p.resource = 'exercise'
    and p.provider_key = w.polar_hash_id and p.revision = 1
  where w.athlete_id = ${athleteId} and w.polar_transaction_item_id is null
    and p.fetched_at > ${since}::timestamptz`;

/** Days after the connection that the plain collection has and no transaction's summary names. */
const daysBeyond = ({ athleteId }: Stream, since: string) => sql`
  select from raw_payloads p
  join connections c on c.athlete_id = p.athlete_id and ${isLive("c")}
  where p.athlete_id = ${athleteId} and p.resource = 'activity-day' and p.revision = 1
    and p.fetched_at > ${since}::timestamptz and p.provider_key > to_char(c.connected_at + interval '1 day', 'YYYY-MM-DD')
    and not exists (
      select from raw_payloads s
      where s.athlete_id = p.athlete_id and s.stream = 'activities' and s.resource = 'transaction-activity'
        and s.fetched_at > p.fetched_at - interval '40 days' and position('"' || p.provider_key || '"' in s.body) > 0)`;

const BEYOND: Record<string, typeof sessionsBeyond> = {
  exercises: sessionsBeyond,
  activities: daysBeyond,
};

/** Whether the plain collection showed something for the first time after `since` that no transaction brought. */
export async function hasNewsBeyond(db: Db, input: Stream & { since: Date }): Promise<boolean> {
  const beyond = BEYOND[input.stream]?.(input, input.since.toISOString());
  if (!beyond) return false;
  const [row] = await db.execute<{ has: boolean }>(sql`select exists (${beyond}) as has`);
  return row?.has ?? false;
}
