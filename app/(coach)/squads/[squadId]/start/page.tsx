import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { Foot } from "@/components/shell/foot";
import { Fresh } from "@/components/squad/fresh";
import { AppError } from "@/lib/errors";
import { squadVersion, viewSquad } from "@/lib/services/squads/view";
import { SquadHeader } from "../../../squad-header";
import { EmptySquad } from "../empty-squad";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.nav"))("morning") };
}

/** A squad before its first athlete; leads on to the squad view by itself once somebody has connected. */
export default async function StartOfSquadPage({ params }: { params: Promise<{ squadId: string }> }) {
  const { squadId } = await params;
  const ctx = await coachContext();
  const view = await viewSquad({ ctx, input: { squadId, locale: await getLocale() } }).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === "not-found") notFound();
      throw error;
    },
  );
  if (view.rows.length > 0) redirect(`/squads/${squadId}`);
  const version = await squadVersion({ ctx, input: { squadId } });
  return (
    <>
      <SquadHeader squad={view.squad} current="morning" path={`/squads/${squadId}`} />
      <main id="content" className="main">
        <EmptySquad ctx={ctx} squadId={squadId} />
        <Foot />
      </main>
      <Fresh versionUrl={`/squads/${squadId}/version`} version={version} everyMs={3_000} />
    </>
  );
}
