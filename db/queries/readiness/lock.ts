import { sql } from "drizzle-orm";
import type { Db } from "../../client";

/** Waits until no other scoring of these athletes is under way, and keeps the next one waiting until the transaction ends. */
export async function lockForScoring(db: Db, input: { athleteIds: string[] }): Promise<void> {
  await db.execute(sql`
    select id from athletes where id = any(${sql.param(`{${input.athleteIds.join(",")}}`)}::uuid[])
    order by id for no key update`);
}
