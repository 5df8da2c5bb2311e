import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { teams } from "../../schema/team";

/** One team by id. */
export async function findTeam(db: Db, teamId: string) {
  const [row] = await db.select().from(teams).where(eq(teams.id, teamId));
  return row;
}
