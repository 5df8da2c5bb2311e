import { and, eq, inArray } from "drizzle-orm";
import { type Evidence, readEvidence } from "../../../lib/readiness/evidence";
import type { Db } from "../../client";
import { readinessDays } from "../../schema/readiness";

/** Stored evidence of athletes on one day, by athlete. */
export async function listEvidence(
  db: Db,
  input: { teamId: string; athleteIds: string[]; date: string },
): Promise<Map<string, Evidence>> {
  if (input.athleteIds.length === 0) return new Map();
  const rows = await db
    .select({ athleteId: readinessDays.athleteId, evidence: readinessDays.evidence })
    .from(readinessDays)
    .where(
      and(
        eq(readinessDays.teamId, input.teamId),
        inArray(readinessDays.athleteId, input.athleteIds),
        eq(readinessDays.date, input.date),
      ),
    );
  return new Map(rows.map((row) => [row.athleteId, readEvidence(row.evidence)]));
}
