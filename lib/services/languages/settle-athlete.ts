import { findAthleteLanguage, findTeamOfAthlete, saveAthleteLanguage } from "@/db/queries/athletes";
import type { Context } from "../../context";

/**
 * The language of an athlete who opens the own page: one chosen in this browser is kept, else the one kept is used.
 * Called by sign-in, which proved who it is.
 */
export async function settleAthleteLanguage(of: {
  ctx: Context;
  input: { athleteId: string; chosen: string | undefined };
}): Promise<string | null> {
  const { athleteId, chosen } = of.input;
  const teamId = await findTeamOfAthlete(of.ctx.db, athleteId);
  if (!teamId) return null;
  if (!chosen) return findAthleteLanguage(of.ctx.db, { teamId, athleteId });
  await saveAthleteLanguage(of.ctx.db, { teamId, athleteId, locale: chosen });
  return chosen;
}
