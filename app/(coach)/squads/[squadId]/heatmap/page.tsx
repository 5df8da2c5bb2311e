import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { decimal, percentRange } from "@/components/format/numbers";
import { remember } from "@/components/format/remember";
import { displayAthlete, displayDays } from "@/components/heatmap/heatmap-display";
import { HeatmapLegend } from "@/components/heatmap/heatmap-legend";
import { HeatmapTable, type HeatmapWords } from "@/components/heatmap/heatmap-table";
import { ButtonAnchor, ButtonLink } from "@/components/ui/controls";
import { PageTitle } from "@/components/ui/page-title";
import { PrintButton } from "@/components/ui/print-button";
import { Segments } from "@/components/ui/segments";
import { type HeatmapView, viewHeatmap } from "@/lib/services/squads/heatmap";
import { type SquadParams, squadTitle } from "../../../address";
import { type HeatmapSearch, heatmapAddress, RANGES, readHeatmapSearch } from "../search";

const ROWS_PER_PAGE = 100;

type PageProps = SquadParams & { searchParams: Search };

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("shell.nav"))("heatmap"));
}

export default async function HeatmapPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const state = readHeatmapSearch(await searchParams);
  const ctx = await coachContext();
  const view = await viewHeatmap({ ctx, input: { squadId, ...state } }).catch(nearestPage);
  return <Heatmap view={view} state={state} path={`/squads/${squadId}/heatmap`} />;
}

async function Heatmap({ view, state, path }: { view: HeatmapView; state: HeatmapSearch; path: string }) {
  const t = await getTranslations("heatmap");
  const pages = Math.max(1, Math.ceil(view.athletes.length / ROWS_PER_PAGE));
  const page = Math.min(state.page, pages);
  const href = (more: Partial<HeatmapSearch>) => heatmapAddress(path, { ...state, page: 1, ...more });
  const shown = view.athletes.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE);
  const locale = await getLocale();
  const levels = await getTranslations("levels");
  const words = { heatmap: remember(t), levels: remember(levels), locale, mostLoad: view.mostLoad };
  return (
    <>
      <PageTitle
        title={t("title", { n: view.dates.length })}
        lead={<Observed view={view} />}
        end={<Controls view={view} state={state} href={href} />}
      />
      <HeatmapLegend />
      {view.athletes.length === 0 ? (
        <p className="px-(--margin) py-6">{t("empty")}</p>
      ) : (
        <HeatmapTable
          rows={shown.map((athlete) => displayAthlete(athlete, words))}
          days={displayDays(view, locale)}
          words={tableWords(t, view)}
          numbers={state.numbers}
        />
      )}
      {pages > 1 ? (
        <nav className="flex flex-wrap gap-2 px-(--margin) py-3" aria-label={t("pages")}>
          {Array.from({ length: pages }, (_, i) => i + 1).map((number) => (
            <ButtonLink
              key={number}
              size="small"
              href={href({ page: number })}
              aria-current={number === page ? "page" : undefined}
            >
              {number}
            </ButtonLink>
          ))}
        </nav>
      ) : null}
    </>
  );
}

function tableWords(t: (key: string, values?: { n: number }) => string, view: HeatmapView): HeatmapWords {
  return {
    caption: t("caption"),
    athlete: t("athlete"),
    nights: t("nights"),
    flaggedDays: t("flaggedDays"),
    load: t("load", { n: view.dates.length }),
    mornings: t("mornings"),
    nothing: t("nothing"),
  };
}

async function Observed({ view }: { view: HeatmapView }) {
  const t = await getTranslations("heatmap");
  const locale = await getLocale();
  const { flagged, judged } = view.observed;
  const range = percentRange(view.chance, locale);
  if (judged === 0) return t("observedNone", { range });
  return t("observed", { flagged, judged, rate: decimal((flagged / judged) * 100, 1, locale), range });
}

type ControlsProps = {
  view: HeatmapView;
  state: HeatmapSearch;
  href: (more: Partial<HeatmapSearch>) => string;
};

async function Controls({ view, state, href }: ControlsProps) {
  const t = await getTranslations("heatmap");
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      {view.groups.length > 0 ? (
        <Segments label={t("group")}>
          <Link
            href={href({ group: null })}
            scroll={false}
            prefetch={false}
            aria-current={state.group === null ? "true" : undefined}
          >
            {t("allGroups")}
          </Link>
          {view.groups.map((group) => (
            <Link
              key={group}
              href={href({ group })}
              scroll={false}
              prefetch={false}
              aria-current={state.group === group ? "true" : undefined}
            >
              {group}
            </Link>
          ))}
        </Segments>
      ) : null}
      <Segments label={t("range")}>
        {RANGES.map((days) => (
          <Link
            key={days}
            href={href({ days })}
            scroll={false}
            prefetch={false}
            aria-current={state.days === days ? "true" : undefined}
          >
            {t("days", { n: days })}
          </Link>
        ))}
      </Segments>
      <ButtonLink
        href={href({ by: state.by === "name" ? "attention" : "name" })}
        scroll={false}
        prefetch={false}
      >
        {t(state.by === "name" ? "byAttention" : "byName")}
      </ButtonLink>
      <ButtonLink href={href({ numbers: !state.numbers })} scroll={false} prefetch={false}>
        {t(state.numbers ? "asColours" : "asNumbers")}
      </ButtonLink>
      <ButtonAnchor
        className="phone:hidden"
        href={`/api/exports/squads/${view.squad.id}/days?days=${state.days}`}
      >
        {t("export")}
      </ButtonAnchor>
      <PrintButton>{t("print")}</PrintButton>
    </div>
  );
}
