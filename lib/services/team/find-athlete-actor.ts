import { findOwnSessions } from "@/db/queries/athletes";
import type { Actor, Context } from "../../context";

/**
 * Who an athlete's session cookie stands for; undefined once the athlete's data are deleted, or when the session began
 * before the address changed. Any caller.
 */
export async function findAthleteActor(of: {
  ctx: Context;
  input: { athleteId: string; startedAt: Date };
}): Promise<{ actor: Actor; teamId: string } | undefined> {
  const { athleteId, startedAt } = of.input;
  const found = await findOwnSessions(of.ctx.db, athleteId);
  if (!found || (found.sessionsFrom && startedAt < found.sessionsFrom)) return undefined;
  return { actor: { kind: "athlete", athleteId }, teamId: found.teamId };
}
