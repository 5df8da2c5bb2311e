import type { Metadata } from "next";
import Link from "next/link";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { AlertsBoard } from "@/components/alerts/alerts-board";
import { DeliveryCard } from "@/components/alerts/delivery-card";
import { MailChoiceForm } from "@/components/alerts/mail-choice";
import { MorningsTable } from "@/components/alerts/mornings-table";
import { PrecisionCard } from "@/components/alerts/precision-card";
import { RatesTable } from "@/components/alerts/rates-table";
import { SimulationNotice } from "@/components/alerts/simulation-notice";
import { civil } from "@/components/format/dates";
import { Notice } from "@/components/ui/blocks";
import { ButtonAnchor } from "@/components/ui/controls";
import { PageTitle } from "@/components/ui/page-title";
import { PrintButton } from "@/components/ui/print-button";
import { can } from "@/lib/context";
import { type BacktestView, viewBacktest } from "@/lib/services/backtest/view";
import { viewPrecision } from "@/lib/services/episodes/view";
import { readMailChoice } from "@/lib/services/news/subscription";
import { type SquadParams, squadTitle } from "../../../address";
import { type AlertsSearch, presetAsked, readAlertsSearch } from "../search";
import { saveAlerts, saveMailChoice } from "./actions";

type PageProps = SquadParams & { searchParams: Search };

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("shell.nav"))("alerts"));
}

export default async function AlertsPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const asked = readAlertsSearch(await searchParams);
  const ctx = await coachContext();
  const view = await viewBacktest({ ctx, input: { squadId, baselineDays: asked.baseline } }).catch(
    nearestPage,
  );
  const t = await getTranslations("alerts");
  const path = `/squads/${squadId}/alerts`;
  const { alerts } = await getMessages();
  const choice = can(ctx.actor, "mails.get") ? await readMailChoice({ ctx, input: { squadId } }) : undefined;
  const initial = presetAsked(asked, view);
  return (
    <>
      <PageTitle
        title={t("title")}
        lead={await leadOf(view)}
        end={<AlertsActions view={view} path={path} />}
      />
      <div className="grid max-w-360 gap-4 px-(--margin) pt-3.5 [&>*]:min-w-0">
        <Said say={asked.say} />
        <SimulationNotice view={view} path={path} />
        <NextIntlClientProvider messages={{ alerts }}>
          <AlertsBoard
            // What was saved, or another address, starts the choice anew.
            key={`${view.squad.preset}/${view.baselineDays}/${initial}`}
            view={view}
            path={path}
            initial={initial}
            save={can(ctx.actor, "squads.change") ? saveAlerts : undefined}
            delivery={
              <DeliveryCard
                view={view}
                own={
                  choice ? (
                    <MailChoiceForm
                      key={JSON.stringify(choice)}
                      squadId={squadId}
                      choice={choice}
                      save={saveMailChoice}
                    />
                  ) : undefined
                }
              />
            }
          />
        </NextIntlClientProvider>
        <PrecisionCard precision={await viewPrecision({ ctx, input: { squadId } })} />
        <RatesTable view={view} />
        <MorningsTable view={view} />
        <p className="flex flex-wrap gap-4 print:hidden">
          <Link className="link" href="/methods#chance">
            {t("table.method")}
          </Link>
        </p>
      </div>
    </>
  );
}

async function AlertsActions({ view, path }: { view: BacktestView; path: string }) {
  const t = await getTranslations("alerts.table");
  if (!view.replay) return null;
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <ButtonAnchor href={`${path}/csv?baseline=${view.baselineDays}`} download>
        {t("export")}
      </ButtonAnchor>
      <PrintButton>{t("print")}</PrintButton>
    </div>
  );
}

async function leadOf(view: BacktestView): Promise<string | undefined> {
  if (!view.replay) return undefined;
  const t = await getTranslations("alerts");
  const locale = await getLocale();
  const day = (date: string) => civil(date, "day", locale);
  const { athletes, mornings, from, to } = view;
  return t("lead", { athletes: athletes.length, mornings, from: day(from), to: day(to) });
}

async function Said({ say }: { say: AlertsSearch["say"] }) {
  const t = await getTranslations("alerts");
  if (say === "saved") return <Notice>{t("saved")}</Notice>;
  if (say === "refused") return <Notice role="alert">{t("refused")}</Notice>;
  return null;
}
