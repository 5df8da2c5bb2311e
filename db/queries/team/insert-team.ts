import type { Db } from "../../client";
import { teams } from "../../schema/team";

/** A new team; its id. */
export async function insertTeam(db: Db, input: { name: string }): Promise<string> {
  const [row] = await db.insert(teams).values(input).returning({ id: teams.id });
  return row!.id;
}
