import { sql } from "drizzle-orm";
import type { Db } from "../../client";

export type StoredHashes = ReadonlyMap<number, string>;

/** Input hashes of everything that is written of athletes, by days counted from 1970-01-01. */
export async function listHashes(
  db: Db,
  input: { athleteIds: string[] },
): Promise<Map<string, StoredHashes>> {
  if (input.athleteIds.length === 0) return new Map();
  const rows = await db.execute<{ athleteId: string; days: number[]; hashes: string[] }>(sql`
    select athlete_id as "athleteId", json_agg(date - date '1970-01-01') as days, json_agg(input_hash) as hashes
    from readiness_days where athlete_id = any(${sql.param(`{${input.athleteIds.join(",")}}`)}::uuid[])
    group by athlete_id`);
  return new Map(
    rows.map(({ athleteId, days, hashes }) => [athleteId, new Map(days.map((day, i) => [day, hashes[i]!]))]),
  );
}
