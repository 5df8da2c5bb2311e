import { sql } from "drizzle-orm";
import type { Db } from "../../client";

/** Removes scored days before an athlete's first or after the last: data that is gone, or a squad that moved west. */
export async function removeDaysOutside(
  db: Db,
  spans: readonly { athleteId: string; first: string; last: string }[],
): Promise<void> {
  if (spans.length === 0) return;
  await db.execute(sql`
    delete from readiness_days d
    using json_to_recordset(${JSON.stringify(spans)}::text::json) as span("athleteId" uuid, first date, last date)
    where d.athlete_id = span."athleteId" and (d.date < span.first or d.date > span.last)`);
}
