import { findTeamOfAthlete } from "@/db/queries/athletes/find-team";
import type { Actor, Context } from "../../context";

/** Who an athlete's session cookie stands for; undefined once the athlete's data are deleted. Any caller. */
export async function findAthleteActor(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<{ actor: Actor; teamId: string } | undefined> {
  const teamId = await findTeamOfAthlete(of.ctx.db, of.input.athleteId);
  return teamId === undefined
    ? undefined
    : { actor: { kind: "athlete", athleteId: of.input.athleteId }, teamId };
}
