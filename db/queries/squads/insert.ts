import type { Db } from "../../client";
import { squads } from "../../schema/squad";

export type Preset = (typeof squads.$inferSelect)["preset"];

/** A new squad; its id. */
export async function insertSquad(
  db: Db,
  input: { teamId: string; name: string; timeZone: string; preset: Preset },
): Promise<string> {
  const [row] = await db.insert(squads).values(input).returning({ id: squads.id });
  return row!.id;
}
