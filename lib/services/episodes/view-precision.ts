import { listSquadVerdicts } from "@/db/queries/episodes";
import { findSquad } from "@/db/queries/squads";
import { type Precision, precisionOf } from "@/lib/alerts/precision";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "@/lib/services/access/require-coach";
import { requireId } from "@/lib/services/access/require-id";

export type AthletePrecision = { athleteId: string; name: string; precision: Precision };
export type SquadPrecision = { squad: Precision; athletes: AthletePrecision[] };

/**
 * How many judged episodes of each of a squad's athletes were useful, those with verdicts only, and of all together.
 * Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewPrecision(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<SquadPrecision> {
  const { teamId } = requireCoach(of.ctx, "viewer");
  const squadId = requireId(of.input.squadId);
  if (!(await findSquad(of.ctx.db, { teamId, squadId })))
    throw new AppError("not-found", "This squad is not there.");
  const athletes = await listSquadVerdicts(of.ctx.db, { teamId, squadId });
  return {
    squad: precisionOf(athletes.flatMap(({ verdicts }) => verdicts)),
    athletes: athletes
      .map(({ verdicts, ...athlete }) => ({ ...athlete, precision: precisionOf(verdicts) }))
      .filter(({ precision }) => precision.judged > 0),
  };
}
