import { isNull } from "drizzle-orm";
import type { Db } from "../../client";
import { squads } from "../../schema/squad";

/** The installation's squads that are in use, with what their days and mornings depend on. */
export async function listActiveSquads(db: Db) {
  return db
    .select({ squadId: squads.id, timeZone: squads.timeZone, mailTime: squads.mailTime })
    .from(squads)
    .where(isNull(squads.archivedAt))
    .orderBy(squads.id);
}
