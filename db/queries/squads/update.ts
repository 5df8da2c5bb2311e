import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { squads } from "../../schema/squad";

export type SquadChanges = Partial<
  Pick<
    typeof squads.$inferInsert,
    | "name"
    | "timeZone"
    | "preset"
    | "mailTime"
    | "nightsSharePercent"
    | "latestMinutes"
    | "baselineDays"
    | "loadKind"
    | "baselineMethod"
    | "loadRisePercent"
    | "drift"
    | "rulesSince"
    | "athletesSeeLevel"
    | "archivedAt"
  >
>;

/** Changes a squad's settings; the number of rows that changed. */
export async function updateSquad(
  db: Db,
  input: { teamId: string; squadId: string; changes: SquadChanges },
): Promise<number> {
  const rows = await db
    .update(squads)
    .set(input.changes)
    .where(and(eq(squads.id, input.squadId), eq(squads.teamId, input.teamId)))
    .returning({ id: squads.id });
  return rows.length;
}
