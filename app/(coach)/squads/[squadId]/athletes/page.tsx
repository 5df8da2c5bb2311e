import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { Roster } from "@/components/roster/roster";
import { Foot } from "@/components/shell/foot";
import { PageTitle } from "@/components/ui/page-title";
import { AppError } from "@/lib/errors";
import { viewRoster } from "@/lib/services/athletes/manage";
import { getSquad, listSquads } from "@/lib/services/squads/manage";
import { SquadHeader } from "../../../squad-header";
import { InviteBox } from "../invite-box";
import { wordsOf } from "./form-words";
import { changeAction, removeAction } from "./roster-actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.nav"))("athletes") };
}

export default async function AthletesPage({ params }: { params: Promise<{ squadId: string }> }) {
  const { squadId } = await params;
  const ctx = await coachContext();
  const t = await getTranslations("squad.invite");
  const squad = await getSquad({ ctx, input: { squadId } }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  const mayChange = ctx.actor.kind === "coach" && ctx.actor.role !== "viewer";
  return (
    <>
      <SquadHeader squad={squad} current="athletes" path={`/squads/${squadId}/athletes`} />
      <main id="content" className="main">
        <PageTitle title={t("title")} lead={t("lead")} />
        <div className="roster-page">
          <section className="card" aria-label={t("inviteTitle")}>
            <h2>{t("inviteTitle")}</h2>
            <InviteBox ctx={ctx} squadId={squadId} />
          </section>
          <NextIntlClientProvider messages={await wordsOf("roster")}>
            <Roster
              roster={await viewRoster({ ctx, input: { squadId } })}
              squadId={squadId}
              squads={(await listSquads({ ctx })).map(({ id, name }) => ({ id, name }))}
              act={mayChange ? { change: changeAction, remove: removeAction } : undefined}
            />
          </NextIntlClientProvider>
        </div>
        <Foot />
      </main>
    </>
  );
}
