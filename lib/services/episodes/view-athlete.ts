import { listAthleteLevels, listAthleteVerdicts, type VerdictEntry } from "@/db/queries/episodes";
import { type Episode, episodesOf } from "@/lib/alerts/episodes";
import { type Precision, precisionOf } from "@/lib/alerts/precision";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import type { Context } from "../../context";

export type JudgedEpisode = Pick<Episode, "openedOn" | "closedOn" | "lastFlaggedOn" | "level"> & {
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
