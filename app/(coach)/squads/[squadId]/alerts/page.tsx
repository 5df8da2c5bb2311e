import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { AlertsBoard } from "@/components/alerts/alerts-board";
import { DeliveryCard } from "@/components/alerts/delivery-card";
import { MailChoiceForm } from "@/components/alerts/mail-choice";
import { MorningsTable } from "@/components/alerts/mornings-table";
import { PrecisionCard } from "@/components/alerts/precision-card";
import { RatesTable } from "@/components/alerts/rates-table";
import { SimulationNotice } from "@/components/alerts/simulation-notice";
import { civil } from "@/components/format/dates";
import { Foot } from "@/components/shell/foot";
import { Notice } from "@/components/ui/card";
import { PageTitle } from "@/components/ui/page-title";
import { PrintButton } from "@/components/ui/print-button";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { type BacktestView, viewBacktest } from "@/lib/services/backtest/view";
import { viewPrecision } from "@/lib/services/episodes/view";
import { readMailChoice } from "@/lib/services/news/subscription";
import { SquadHeader } from "../../../squad-header";
import { saveAlerts, saveMailChoice } from "./actions";
import { type AlertsQuery, alertsQuery, presetAsked } from "./alerts-query";

type PageProps = {
  params: Promise<{ squadId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.nav"))("alerts") };
}

export default async function AlertsPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const asked = alertsQuery(await searchParams);
  const ctx = await coachContext();
  const view = await look(ctx, { squadId, baselineDays: asked.baseline });
  const t = await getTranslations("alerts");
  const path = `/squads/${squadId}/alerts`;
  const { alerts } = await getMessages();
  const mayChange = ctx.actor.kind === "coach" && ctx.actor.role !== "viewer";
  const choice = mayChange ? await readMailChoice({ ctx, input: { squadId } }) : undefined;
  const initial = presetAsked(asked, view);
  return (
    <>
      <SquadHeader squad={view.squad} current="alerts" path={path} />
      <main id="content" className="main">
        <PageTitle
          title={t("title")}
          lead={await leadOf(view)}
          end={<AlertsActions view={view} path={path} />}
        />
        <div className="alerts-page">
          <Said say={asked.say} />
          <SimulationNotice view={view} path={path} />
          <NextIntlClientProvider messages={{ alerts }}>
            <AlertsBoard
              // What was saved, or another address, starts the choice anew.
              key={`${view.squad.preset}/${view.baselineDays}/${initial}`}
              view={view}
              path={path}
              initial={initial}
              save={mayChange ? saveAlerts : undefined}
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
          <p className="flex flex-wrap gap-4 no-print">
            <Link className="link" href="/methods#chance">
              {t("table.method")}
            </Link>
          </p>
        </div>
        <Foot />
      </main>
    </>
  );
}

async function AlertsActions({ view, path }: { view: BacktestView; path: string }) {
  const t = await getTranslations("alerts.table");
  if (!view.replay) return null;
  return (
    <div className="flex flex-wrap gap-2 no-print">
      <a className="button" href={`${path}/csv?baseline=${view.baselineDays}`} download>
        {t("export")}
      </a>
      <PrintButton>{t("print")}</PrintButton>
    </div>
  );
}

async function look(
  ctx: Context,
  input: { squadId: string; baselineDays: number | undefined },
): Promise<BacktestView> {
  try {
    return await viewBacktest({ ctx, input });
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}

async function leadOf(view: BacktestView): Promise<string | undefined> {
  if (!view.replay) return undefined;
  const t = await getTranslations("alerts");
  const locale = await getLocale();
  const day = (date: string) => civil(date, "day", locale);
  const { athletes, mornings, from, to } = view;
  return t("lead", { athletes: athletes.length, mornings, from: day(from), to: day(to) });
}

async function Said({ say }: { say: AlertsQuery["say"] }) {
  const t = await getTranslations("alerts");
  if (say === "saved") return <Notice>{t("saved")}</Notice>;
  if (say === "refused") return <Notice role="alert">{t("refused")}</Notice>;
  return null;
}
