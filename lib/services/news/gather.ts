import { listLevels } from "@/db/queries/episodes";
import { listMailed } from "@/db/queries/morning-news";
import type { NewsKind } from "@/lib/alerts/frozen";
import { laterNews, type MorningNews, morningNews } from "@/lib/alerts/morning";
import type { Context } from "@/lib/context";
import type { CivilDate } from "@/lib/time/civil-date";

export type Morning = { teamId: string; squadId: string; date: CivilDate };
export type GatheredNews = { news: MorningNews; names: Map<string, string> };

/** Sorts a squad's athletes by what one coach should hear, with their names. Called by verbs that checked their caller. */
export async function gatherNews(
  ctx: Context,
  input: Morning & { userId: string; kind: NewsKind },
): Promise<GatheredNews> {
  const { teamId, squadId, date, userId, kind } = input;
  const athletes = await listLevels(ctx.db, { teamId, squadId, until: date });
  const mailed = await listMailed(ctx.db, { squadId, userId, until: date });
  const newsOf = kind === "morning" ? morningNews : laterNews;
  const news = newsOf({
    date,
    athletes: athletes.map(({ athleteId, days }) => ({
      athleteId,
      days,
      mailed: mailed.filter((mail) => mail.athleteId === athleteId),
    })),
  });
  return { news, names: new Map(athletes.map(({ athleteId, name }) => [athleteId, name])) };
}
