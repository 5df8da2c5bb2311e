import { asc } from "drizzle-orm";
import type { Db } from "../../client";
import { teams } from "../../schema/team";

/** The oldest team of the installation. */
export async function findFirstTeam(db: Db) {
  const [row] = await db.select().from(teams).orderBy(asc(teams.createdAt), asc(teams.id)).limit(1);
  return row;
}
