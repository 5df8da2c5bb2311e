import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { ArchiveSquad } from "@/components/alerts/archive-squad";
import { LoadCoverageCard } from "@/components/alerts/load-coverage";
import { SettingsForm } from "@/components/alerts/settings-form";
import { Foot } from "@/components/shell/foot";
import { PageTitle } from "@/components/ui/page-title";
import { AppError } from "@/lib/errors";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import { getSquad } from "@/lib/services/squads/get";
import { viewLoadCoverage } from "@/lib/services/squads/view-load-coverage";
import { SquadHeader } from "../../../squad-header";
import { archive, saveSettings } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("alerts.settings"))("title") };
}

export default async function SettingsPage({ params }: { params: Promise<{ squadId: string }> }) {
  const { squadId } = await params;
  const ctx = await coachContext();
  const t = await getTranslations("alerts.settings");
  const squad = await getSquad({ ctx, input: { squadId } }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  const { alerts } = await getMessages();
  const role = ctx.actor.kind === "coach" ? ctx.actor.role : "viewer";
  const toAlerts = (words: ReactNode) => (
    <Link className="link" href={`/squads/${squadId}/alerts`}>
      {words}
    </Link>
  );
  const choice = await getTranslations("load.choice");
  const { name, timeZone, mailTime, athletesSeeLevel, baselineMethod, loadKind } = squad;
  const baselineDays = String(squad.baselineDays);
  const nightsSharePercent = String(squad.nightsSharePercent);
  const latestMinutes = String(squad.latestMinutes);
  const mornings = { mailTime, nightsSharePercent, latestMinutes };
  const entered = {
    name,
    timeZone,
    ...mornings,
    athletesSeeLevel,
    baselineDays,
    baselineMethod,
    loadKind,
  };
  return (
    <>
      <SquadHeader squad={squad} current={null} path={`/squads/${squadId}/settings`} />
      <main id="content" className="main">
        <PageTitle title={t("title")} lead={t.rich("lead", { alerts: toAlerts })} />
        <div className="grid max-w-[640px] gap-5 px-(--margin) py-5">
          {role === "viewer" ? <p>{t("viewer")}</p> : null}
          <NextIntlClientProvider
            messages={{ alerts: { settings: (alerts as { settings: object }).settings } }}
          >
            <SettingsForm
              squadId={squadId}
              initial={{ kind: "untouched", field: null, entered }}
              timeZones={Intl.supportedValuesOf("timeZone")}
              loadKinds={LOAD_KINDS.map((kind) => ({ kind, words: choice(kind) }))}
              loadWords={{ label: choice("label"), hint: choice("hint") }}
              save={role === "viewer" ? undefined : saveSettings}
            />
          </NextIntlClientProvider>
          <LoadCoverageCard coverage={await viewLoadCoverage({ ctx, input: { squadId } })} />
          <ArchiveSquad squad={squad} archive={role === "owner" ? archive : undefined} />
        </div>
        <Foot />
      </main>
    </>
  );
}
