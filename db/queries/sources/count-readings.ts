import { sql } from "drizzle-orm";
import { VALID_RMSSD_MS } from "@/lib/readiness/constants";
import type { HrvSource } from "@/lib/readiness/types";
import type { Db } from "../../client";

export type ReadingCounts = Record<HrvSource, number>;

/** Days of a span with a reading in the valid range, by series. */
export async function countReadingDays(
  db: Db,
  input: { teamId: string; athleteId: string; from: string; to: string },
): Promise<ReadingCounts> {
  const { teamId, athleteId, from, to } = input;
  const valid = sql`team_id = ${teamId} and athlete_id = ${athleteId} and date between ${from}::date and ${to}::date
    and rmssd_ms between ${VALID_RMSSD_MS.min} and ${VALID_RMSSD_MS.max}`;
  const [row] = await db.execute<ReadingCounts>(sql`
    select (select count(*)::int from nights where ${valid}) as nightly,
      (select count(distinct date)::int from morning_readings where ${valid} and quality <> 'rejected') as morning`);
  return row ?? { nightly: 0, morning: 0 };
}
