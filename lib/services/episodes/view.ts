import {
  listAthleteLevels,
  listAthleteVerdicts,
  listLevels,
  listSquadVerdicts,
  type VerdictEntry,
} from "@/db/queries/episodes";
import { findSquad } from "@/db/queries/squads";
import { type Episode, episodesOf } from "@/lib/alerts/episodes";
import { type Precision, precisionOf } from "@/lib/alerts/precision";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireCan, requireId } from "@/lib/services/access/require";
import { addDays, type CivilDate } from "@/lib/time/civil-date";

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
  const { teamId } = requireCan(ctx, "squads.view");
  if (!(await findSquad(ctx.db, { teamId, squadId: input.squadId })))
    throw new AppError("not-found", "This squad is not there.");
  const athletes = await listLevels(ctx.db, { teamId, ...input });
  return athletes.map(({ athleteId, days }) => ({ athleteId, episodes: episodesOf(days) }));
}

type JudgedEpisode = Pick<Episode, "openedOn" | "closedOn" | "lastFlaggedOn" | "level"> & {
  said: VerdictEntry | null;
};

export type AthleteEpisodes = {
  /** Episodes of the last year, the latest first. */
  episodes: JudgedEpisode[];
  precision: Precision;
};

const SHOWN_DAYS = 365;

/** An athlete's episodes with what was said of them. Called by verbs that checked their caller. */
export async function viewAthleteEpisodes(
  ctx: Context,
  of: { teamId: string; athleteId: string; today: CivilDate },
): Promise<AthleteEpisodes> {
  const { today, ...athlete } = of;
  const verdicts = await listAthleteVerdicts(ctx.db, athlete);
  const days = await listAthleteLevels(ctx.db, { ...athlete, from: addDays(today, -SHOWN_DAYS), to: today });
  const saidOf = new Map(verdicts.map((entry) => [entry.openedOn, entry]));
  return {
    episodes: episodesOf(days)
      .map(({ openedOn, closedOn, lastFlaggedOn, level }) => ({
        openedOn,
        closedOn,
        lastFlaggedOn,
        level,
        said: saidOf.get(openedOn) ?? null,
      }))
      .toReversed(),
    precision: precisionOf(verdicts.map(({ verdict }) => verdict)),
  };
}

type AthletePrecision = { athleteId: string; name: string; precision: Precision };

export type SquadPrecision = { squad: Precision; athletes: AthletePrecision[] };

/**
 * How many judged episodes of each of a squad's athletes were useful, those with verdicts only, and of all together.
 * Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewPrecision(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<SquadPrecision> {
  const { teamId } = requireCan(of.ctx, "squads.view");
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
