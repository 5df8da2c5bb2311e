import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { decimal, percentRange } from "@/components/format/numbers";
import { remember } from "@/components/format/remember";
import { displayAthlete, displayDays } from "@/components/heatmap/heatmap-display";
import { HeatmapLegend } from "@/components/heatmap/heatmap-legend";
import { HeatmapTable, type HeatmapWords } from "@/components/heatmap/heatmap-table";
import { Foot } from "@/components/shell/foot";
import { Fresh } from "@/components/squad/fresh";
import { PageTitle } from "@/components/ui/page-title";
import { PrintButton } from "@/components/ui/print-button";
import { AppError } from "@/lib/errors";
import {
  HEATMAP_ORDERS,
  type HeatmapOrder,
  type HeatmapView,
  viewHeatmap,
} from "@/lib/services/squads/heatmap";
import { squadVersion } from "@/lib/services/squads/view";
import { SquadHeader } from "../../../squad-header";
import { SquadShortcuts } from "../../../squad-shortcuts";

const RANGES = [28, 56, 90] as const;
const ROWS_PER_PAGE = 100;

const query = z.object({
  days: z.coerce
    .number()
    .transform((days) => RANGES.find((range) => range === days) ?? 28)
    .catch(28),
  group: z.string().nullable().catch(null),
  by: z.enum(HEATMAP_ORDERS).catch("attention"),
  numbers: z
    .string()
    .optional()
    .catch(undefined)
    .transform((value) => value === "1"),
  page: z.coerce.number().int().min(1).catch(1),
});

type State = { days: number; group: string | null; by: HeatmapOrder; numbers: boolean; page: number };
type PageProps = {
  params: Promise<{ squadId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.nav"))("heatmap") };
}

export default async function HeatmapPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const state: State = query.parse({ group: null, ...(await searchParams) });
  const ctx = await coachContext();
  const path = `/squads/${squadId}/heatmap`;
  const view = await viewHeatmap({ ctx, input: { squadId, ...state } }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  return (
    <>
      <SquadHeader squad={view.squad} current="heatmap" path={path} />
      <main id="content" className="main">
        <Heatmap view={view} state={state} path={path} />
        <Foot />
      </main>
      <SquadShortcuts squadId={squadId} />
      <Fresh
        versionUrl={`/squads/${squadId}/version`}
        version={await squadVersion({ ctx, input: { squadId } })}
        everyMs={15_000}
      />
    </>
  );
}

async function Heatmap({ view, state, path }: { view: HeatmapView; state: State; path: string }) {
  const t = await getTranslations("heatmap");
  const pages = Math.max(1, Math.ceil(view.athletes.length / ROWS_PER_PAGE));
  const page = Math.min(state.page, pages);
  const href = (more: Partial<State>) => addressOf(path, { ...state, page: 1, ...more });
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
            <Link
              key={number}
              className="button button-small"
              href={href({ page: number })}
              aria-current={number === page ? "page" : undefined}
            >
              {number}
            </Link>
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
  return t("observed", {
    flagged,
    judged,
    rate: judged === 0 ? "–" : decimal((flagged / judged) * 100, 1, locale),
    range: percentRange(view.chance, locale),
  });
}

type ControlsProps = { view: HeatmapView; state: State; href: (more: Partial<State>) => string };

async function Controls({ view, state, href }: ControlsProps) {
  const t = await getTranslations("heatmap");
  return (
    <div className="flex flex-wrap items-center gap-2 no-print">
      {view.groups.length > 0 ? (
        <nav className="segments" aria-label={t("group")}>
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
        </nav>
      ) : null}
      <nav className="segments" aria-label={t("range")}>
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
      </nav>
      <Link
        className="button"
        href={href({ by: state.by === "name" ? "attention" : "name" })}
        scroll={false}
        prefetch={false}
      >
        {t(state.by === "name" ? "byAttention" : "byName")}
      </Link>
      <Link className="button" href={href({ numbers: !state.numbers })} scroll={false} prefetch={false}>
        {t(state.numbers ? "asColours" : "asNumbers")}
      </Link>
      <a className="button wide-only" href={`/api/exports/squads/${view.squad.id}/days?days=${state.days}`}>
        {t("export")}
      </a>
      <PrintButton>{t("print")}</PrintButton>
    </div>
  );
}

function addressOf(path: string, state: State): string {
  const pairs = {
    days: state.days === 28 ? "" : String(state.days),
    group: state.group ?? "",
    by: state.by === "attention" ? "" : state.by,
    numbers: state.numbers ? "1" : "",
    page: state.page === 1 ? "" : String(state.page),
  };
  const queryText = new URLSearchParams(Object.entries(pairs).filter(([, value]) => value !== ""));
  return queryText.size > 0 ? `${path}?${queryText}` : path;
}
