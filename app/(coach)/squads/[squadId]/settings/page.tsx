import type { Metadata } from "next";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import { ArchiveSquad } from "@/components/alerts/archive-squad";
import { LoadCoverageCard } from "@/components/alerts/load-coverage";
import { OptionalStreams } from "@/components/alerts/optional-streams";
import { SettingsForm } from "@/components/alerts/settings-form";
import { civil } from "@/components/format/dates";
import { decimal, percentRange } from "@/components/format/numbers";
import { Notice } from "@/components/ui/blocks";
import { PageTitle } from "@/components/ui/page-title";
import { can } from "@/lib/context";
import { beforeData, LASTING_DROP } from "@/lib/readiness/backtest/before-data";
import { OFFERED_RISE_PERCENT } from "@/lib/readiness/constants";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import { viewOptionalStreams } from "@/lib/services/consents/optional";
import { viewLoadCoverage } from "@/lib/services/squads/load-coverage";
import { getSquad } from "@/lib/services/squads/manage";
import { civilDateIn } from "@/lib/time/zone";
import { type SquadParams, squadTitle } from "../../../address";
import { archive, saveOptionalStreams, saveSettings } from "./actions";

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("alerts.settings"))("title"));
}

type PageProps = SquadParams & { searchParams: Promise<{ say?: string | string[] }> };

export default async function SettingsPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const { say } = await searchParams;
  const ctx = await coachContext();
  const t = await getTranslations("alerts.settings");
  const squad = await getSquad({ ctx, input: { squadId } }).catch(nearestPage);
  const { alerts } = await getMessages();
  const mayChange = can(ctx.actor, "squads.change");
  const toAlerts = (words: ReactNode) => (
    <Link className="link" href={`/squads/${squadId}/alerts`}>
      {words}
    </Link>
  );
  const choice = await getTranslations("load.choice");
  const { name, timeZone, mailTime, athletesSeeLevel, baselineMethod, loadKind, drift } = squad;
  const entered = {
    ...{ name, timeZone, mailTime, athletesSeeLevel, baselineMethod, loadKind, drift },
    nightsSharePercent: String(squad.nightsSharePercent),
    latestMinutes: String(squad.latestMinutes),
    baselineDays: String(squad.baselineDays),
    loadRisePercent: String(squad.loadRisePercent),
  };
  return (
    <>
      <PageTitle title={t("title")} lead={t.rich("lead", { alerts: toAlerts })} />
      <div className="grid max-w-[640px] gap-5 px-(--margin) py-5">
        {mayChange ? null : <p>{t("viewer")}</p>}
        {say === "asked" ? <Notice>{(await getTranslations("alerts.optional"))("saved")}</Notice> : null}
        <NextIntlClientProvider
          messages={{ alerts: { settings: (alerts as { settings: object }).settings } }}
        >
          <SettingsForm
            squadId={squadId}
            initial={{ kind: "untouched", field: null, entered }}
            timeZones={Intl.supportedValuesOf("timeZone")}
            loadKinds={LOAD_KINDS.map((kind) => ({ kind, words: choice(kind) }))}
            loadWords={{ label: choice("label"), hint: choice("hint") }}
            margins={await marginsOf(squad)}
            ruleWords={await ruleWordsOf(squad)}
            save={mayChange ? saveSettings : undefined}
          />
        </NextIntlClientProvider>
        <LoadCoverageCard coverage={await viewLoadCoverage({ ctx, input: { squadId } })} />
        <OptionalStreams
          squadId={squadId}
          streams={await viewOptionalStreams({ ctx, input: { squadId } })}
          save={mayChange ? saveOptionalStreams : undefined}
        />
        <ArchiveSquad squad={squad} archive={can(ctx.actor, "squads.archive") ? archive : undefined} />
      </div>
    </>
  );
}

type Squad = Awaited<ReturnType<typeof getSquad>>;

/** Each margin with the rate by chance under the squad's preset, and how surely a real change is noticed. */
async function marginsOf({ preset, drift }: Squad) {
  const t = await getTranslations("alerts.settings");
  const locale = await getLocale();
  return OFFERED_RISE_PERCENT.map((loadRisePercent) => {
    const { flaggedShare, slideCaught } = beforeData(preset, { loadRisePercent, drift });
    const words = t("loadRiseOption", {
      percent: loadRisePercent,
      range: percentRange(flaggedShare, locale),
      caught: Math.round(100 * slideCaught.share),
    });
    return { percent: loadRisePercent, words };
  });
}

async function ruleWordsOf({ preset, loadRisePercent, rulesSince, timeZone }: Squad) {
  const t = await getTranslations("alerts.settings");
  const locale = await getLocale();
  const range = (drift: boolean) =>
    percentRange(beforeData(preset, { loadRisePercent, drift }).flaggedShare, locale);
  return {
    drift: t("driftCost", { on: range(true), off: range(false), ...lastingDrop(locale) }),
    since: t("rulesSince", { day: civil(civilDateIn(rulesSince, timeZone), "day", locale) }),
  };
}

function lastingDrop(locale: string) {
  const { dropSd, day, byEither, byR4 } = LASTING_DROP;
  return {
    drop: decimal(dropSd, 1, locale),
    lasting: day,
    holds: Math.round(100 * byEither),
    without: Math.round(100 * byR4),
  };
}
