import { and, inArray, ne } from "drizzle-orm";
import type { Db } from "../../client";
import { athletes, squads } from "../../schema/squad";

/** Of the given athletes those whose squads are scored on a load computed from sessions. */
export async function listAthletesOnSessionLoads(
  db: Db,
  input: { athleteIds: readonly string[] },
): Promise<string[]> {
  const computed = await db.select({ id: squads.id }).from(squads).where(ne(squads.loadKind, "cardio-load"));
  if (computed.length === 0 || input.athleteIds.length === 0) return [];
  const squadIds = computed.map(({ id }) => id);
  const rows = await db
    .select({ athleteId: athletes.id })
    .from(athletes)
    .where(and(inArray(athletes.id, [...input.athleteIds]), inArray(athletes.squadId, squadIds)));
  return rows.map(({ athleteId }) => athleteId);
}
