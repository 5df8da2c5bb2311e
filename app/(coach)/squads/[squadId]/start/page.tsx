import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { viewSquad } from "@/lib/services/squads/view";
import { type SquadParams, squadTitle } from "../../../address";
import { EmptySquad } from "../empty-squad";

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("shell.nav"))("morning"));
}

/** A squad before its first athlete; leads on to the squad view by itself once somebody has connected. */
export default async function StartOfSquadPage({ params }: SquadParams) {
  const { squadId } = await params;
  const ctx = await coachContext();
  const view = await viewSquad({ ctx, input: { squadId, locale: await getLocale() } }).catch(nearestPage);
  if (view.rows.length > 0) redirect(`/squads/${squadId}`);
  return <EmptySquad ctx={ctx} squadId={squadId} />;
}
