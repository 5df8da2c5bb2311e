import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { getAthlete } from "@/lib/services/athletes/manage";
import { getSquad, listSquads } from "@/lib/services/squads/manage";

export type SquadParams = { params: Promise<{ squadId: string }> };
export type AthleteParams = { params: Promise<{ athleteId: string }> };

/** The team's squads in use. Like all of this file read once per request, whoever of frame, title and page asks. */
export const squadsOfTeam = cache(async () => listSquads({ ctx: await coachContext() }));

/** The squad that an address names, in use or archived; another team's leads to the page that is not there. */
export const squadOf = cache(async (squadId: string): Promise<{ id: string; name: string }> => {
  const inUse = (await squadsOfTeam()).find(({ id }) => id === squadId);
  return inUse ?? getSquad({ ctx: await coachContext(), input: { squadId } }).catch(nearestPage);
});

/** The athlete that an address names, with the squad; another team's leads to the page that is not there. */
export const athleteOf = cache(async (athleteId: string) =>
  getAthlete({ ctx: await coachContext(), input: { athleteId } }).catch(nearestPage),
);

/** The title of a squad's page: what it shows, and whose. */
export async function squadTitle({ params }: SquadParams, page: string): Promise<Metadata> {
  return titled(page, (await squadOf((await params).squadId)).name);
}

/** The title of an athlete's page; the first one is named by the athlete alone. */
export async function athleteTitle({ params }: AthleteParams, page?: string): Promise<Metadata> {
  const { name } = await athleteOf((await params).athleteId);
  return page === undefined ? titled(name) : titled(page, name);
}

/** Not by a template of Next's, which takes `%s` and `$&` in a name for its own. */
async function titled(...parts: string[]): Promise<Metadata> {
  const product = (await getTranslations("shell"))("title");
  return { title: { absolute: [...parts, product].join(" · ") } };
}
