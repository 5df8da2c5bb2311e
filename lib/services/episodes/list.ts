import { listLevels } from "@/db/queries/episodes";
import { findSquad } from "@/db/queries/squads";
import { type Episode, episodesOf } from "@/lib/alerts/episodes";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCoach } from "@/lib/services/access/require-coach";
import type { CivilDate } from "@/lib/time/civil-date";

/**
 * Episodes of a squad's athletes as they stand on the day `until`, oldest first. For everybody of the team.
 * @throws AppError `not-found`, `not-signed-in`
 */
export async function listEpisodes({
  ctx,
  input,
}: {
  ctx: Context;
  input: { squadId: string; until: CivilDate };
}): Promise<{ athleteId: string; episodes: Episode[] }[]> {
  const { teamId } = requireCoach(ctx, "viewer");
  if (!(await findSquad(ctx.db, { teamId, squadId: input.squadId })))
    throw new AppError("not-found", "This squad is not there.");
  const athletes = await listLevels(ctx.db, { teamId, ...input });
  return athletes.map(({ athleteId, days }) => ({ athleteId, episodes: episodesOf(days) }));
}
