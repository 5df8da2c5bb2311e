import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { AgainstSquadTable } from "@/components/analysis/against-squad";
import { PopulationCharts } from "@/components/analysis/population-charts";
import { PopulationTable } from "@/components/analysis/population-table";
import { civil } from "@/components/format/dates";
import { Card } from "@/components/ui/blocks";
import { ButtonAnchor, ButtonLink } from "@/components/ui/controls";
import { PageTitle } from "@/components/ui/page-title";
import { PrintButton } from "@/components/ui/print-button";
import { Segments } from "@/components/ui/segments";
import { type AnalysisView, type Population, viewAnalysis } from "@/lib/services/analysis/squad";
import { type SquadParams, squadTitle } from "../../../address";
import { type AnalysisSearch, analysisAddress, RANGES, readAnalysisSearch } from "../search";

type PageProps = SquadParams & { searchParams: Search };

const ROWS_PER_PAGE = 100;

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("shell.nav"))("analysis"));
}

export default async function AnalysisPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const state = readAnalysisSearch(await searchParams);
  const ctx = await coachContext();
  const view = await viewAnalysis({ ctx, input: { squadId, days: state.days } }).catch(nearestPage);
  return <Analysis view={view} state={state} path={`/squads/${squadId}/analysis`} />;
}

async function Analysis({ view, state, path }: { view: AnalysisView; state: AnalysisSearch; path: string }) {
  const t = await getTranslations("analysis");
  return (
    <>
      <PageTitle
        title={t("title", { n: view.dates.length })}
        lead={view.populations.map((population) => (
          <Lead key={population.source} view={view} population={population} />
        ))}
        end={<Controls state={state} path={path} />}
      />
      {view.populations.length === 0 ? <p className="max-w-[62ch] px-(--margin) py-6">{t("empty")}</p> : null}
      {view.populations.map((population, i) => (
        <div key={population.source} className="grid gap-4 px-(--margin) pt-3.5">
          {state.view === "table" ? (
            <PopulationTable population={population} />
          ) : (
            <PopulationCharts population={population} chance={view.chanceBelow} />
          )}
          <div className="grid grid-cols-[minmax(0,1fr)_340px] items-start gap-4 max-[980px]:grid-cols-1">
            <Athletes population={population} state={state} path={path} />
            {i === 0 ? (
              <Card className="min-w-0" aria-labelledby="note-title">
                <h2 id="note-title">{t("note.title")}</h2>
                <p className="pt-1 text-ink-2">{t("note.text")}</p>
              </Card>
            ) : null}
          </div>
        </div>
      ))}
    </>
  );
}

/** What the charts say, in words. */
async function Lead({ view, population }: { view: AnalysisView; population: Population }) {
  const t = await getTranslations("analysis");
  const locale = await getLocale();
  const together = population.days.filter((day) => day.together !== null);
  const last = together.at(-1)?.date;
  const today = population.days.at(-1);
  return (
    <span className="block">
      {view.populations.length > 1 ? `${t("source", { source: population.source })}: ` : ""}
      {today?.z
        ? t("today", {
            below: Math.round(today.shareBelow * today.z.n),
            judged: today.z.n,
            percent: Math.round(view.chanceBelow * 100),
          })
        : t("todayNobody")}{" "}
      {t("together", {
        n: together.length,
        of: view.dates.length,
        last: last ? civil(last, "short", locale) : "",
      })}
    </span>
  );
}

async function Athletes({
  population,
  state,
  path,
}: {
  population: Population;
  state: AnalysisSearch;
  path: string;
}) {
  const t = await getTranslations("analysis");
  const pages = Math.max(1, Math.ceil(population.athletes.length / ROWS_PER_PAGE));
  const page = Math.min(state.page, pages);
  return (
    <div className="grid min-w-0 gap-3">
      <AgainstSquadTable
        athletes={population.athletes.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE)}
        source={population.source}
        days={population.days.length}
      />
      {pages > 1 ? (
        <nav className="flex flex-wrap gap-2 print:hidden" aria-label={t("pages")}>
          {Array.from({ length: pages }, (_, i) => i + 1).map((number) => (
            <ButtonLink
              key={number}
              size="small"
              href={analysisAddress(path, { ...state, page: number })}
              aria-current={number === page ? "page" : undefined}
            >
              {number}
            </ButtonLink>
          ))}
        </nav>
      ) : null}
    </div>
  );
}

async function Controls({ state, path }: { state: AnalysisSearch; path: string }) {
  const t = await getTranslations("analysis");
  const table = state.view === "table";
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      <Segments label={t("range")}>
        {RANGES.map((days) => (
          <Link
            key={days}
            href={analysisAddress(path, { ...state, days })}
            scroll={false}
            prefetch={false}
            aria-current={state.days === days ? "true" : undefined}
          >
            {t("days", { n: days })}
          </Link>
        ))}
      </Segments>
      <ButtonLink
        href={analysisAddress(path, { ...state, view: table ? "charts" : "table" })}
        scroll={false}
        prefetch={false}
      >
        {t(table ? "asCharts" : "asTable")}
      </ButtonLink>
      <ButtonAnchor href={`${path}/csv?days=${state.days}`}>{t("export")}</ButtonAnchor>
      <PrintButton>{t("print")}</PrintButton>
    </div>
  );
}
