import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "../../client";
import { episodeVerdicts } from "../../schema/readiness";

/** What coaches said of athletes' episodes, each keyed by the day it opened on. */
export async function listVerdicts(db: Db, input: { teamId: string; athleteIds: string[] }) {
  if (input.athleteIds.length === 0) return [];
  return db
    .select({
      athleteId: episodeVerdicts.athleteId,
      openedOn: episodeVerdicts.openedOn,
      verdict: episodeVerdicts.verdict,
    })
    .from(episodeVerdicts)
    .where(
      and(eq(episodeVerdicts.teamId, input.teamId), inArray(episodeVerdicts.athleteId, input.athleteIds)),
    );
}
