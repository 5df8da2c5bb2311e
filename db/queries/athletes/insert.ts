import type { Db } from "../../client";
import { athletes } from "../../schema/squad";

/** A new athlete of a squad; the id. */
export async function insertAthlete(
  db: Db,
  input: {
    teamId: string;
    squadId: string;
    name: string;
    email: string | null;
    groupName: string | null;
    locale: string;
    createdAt: Date;
  },
): Promise<string> {
  const [row] = await db.insert(athletes).values(input).returning({ id: athletes.id });
  return row!.id;
}
