import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { Foot } from "@/components/shell/foot";
import { FilterBar } from "@/components/squad/filter-bar";
import { Fresh } from "@/components/squad/fresh";
import { Headline } from "@/components/squad/headline";
import { hiddenColumns } from "@/components/squad/hidden-columns";
import { LevelTiles } from "@/components/squad/level-tiles";
import type { SortState } from "@/components/squad/sort-header";
import { hrefOf, type UrlState } from "@/components/squad/url-state";
import { ButtonLink } from "@/components/ui/button";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { RULE_VERSION } from "@/lib/readiness/rule-version";
import { filtered, inOrder, squadVersion, viewSquad } from "@/lib/services/squads/view";
import type { SquadView } from "@/lib/services/squads/view-model";
import { SquadHeader } from "../../squad-header";
import { SquadShortcuts } from "../../squad-shortcuts";
import { MorningTable } from "./morning-table";
import { type SearchParams, squadQuery } from "./squad-query";

type PageProps = { params: Promise<{ squadId: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.nav"))("morning") };
}

export default async function SquadPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const state = squadQuery(await searchParams);
  const ctx = await coachContext();
  const locale = await getLocale();
  const [view, version] = await Promise.all([
    look(ctx, { squadId, date: state.date ?? undefined, locale }),
    findVersion(ctx, squadId),
  ]);
  // The forms of an empty squad bring code that the squad view does not need: they have a page of their own.
  if (view.rows.length === 0) redirect(`/squads/${squadId}/start`);
  const busy = view.rows.some((row) => row.standing.kind === "backfilling");
  const path = `/squads/${squadId}`;
  return (
    <>
      <SquadHeader squad={view.squad} current="morning" path={path} />
      <main id="content" className="main">
        <Morning view={view} state={state} path={path} mayJudge={mayJudge(ctx)} nowMs={ctx.now.getTime()} />
        <Foot />
      </main>
      <SquadShortcuts squadId={squadId} />
      <Fresh versionUrl={`${path}/version`} version={version} everyMs={busy ? 3_000 : 15_000} />
    </>
  );
}

async function look(ctx: Context, input: Parameters<typeof viewSquad>[0]["input"]): Promise<SquadView> {
  try {
    return await viewSquad({ ctx, input });
  } catch (error) {
    if (error instanceof AppError && (error.code === "not-found" || error.code === "bad-input")) notFound();
    throw error;
  }
}

function findVersion(ctx: Context, squadId: string): Promise<string> {
  // A squad that is not there is the view's to tell.
  return squadVersion({ ctx, input: { squadId } }).catch(() => "");
}

function mayJudge(ctx: Context): boolean {
  return ctx.actor.kind === "coach" && ctx.actor.role !== "viewer";
}

type MorningProps = { view: SquadView; state: UrlState; path: string; mayJudge: boolean; nowMs: number };

async function Morning({ view, state, path, mayJudge, nowMs }: MorningProps) {
  const t = await getTranslations("squad.filter");
  const words = await getTranslations("squad");
  const rows = inOrder(filtered(view.rows, { ...state }), state.sort);
  const hidden = hiddenColumns((await cookies()).get("hidden-columns")?.value);
  return (
    <>
      <Headline view={view} nowMs={nowMs} />
      <LevelTiles counts={view.counts} state={state} />
      <FilterBar
        state={state}
        groups={view.groups}
        path={path}
        today={view.today}
        exportHref={hrefOf(`/api/exports/squads/${view.squad.id}/morning`, state)}
        hidden={hidden}
      />
      {rows.length === 0 ? (
        <div className="flex items-center gap-4 px-(--margin) py-6">
          <p>{t("none")}</p>
          <ButtonLink href={path} size="small">
            {t("clear")}
          </ButtonLink>
        </div>
      ) : (
        <MorningTable
          view={view}
          rows={rows}
          sort={sortState(state, path)}
          hidden={hidden}
          mayJudge={mayJudge}
        />
      )}
      <p className="print-only px-(--margin) pt-2 text-label">
        {words("table.paper", {
          squad: view.squad.name,
          date: view.date,
          version: RULE_VERSION,
          preset: words(`why.preset.${view.squad.preset}`),
        })}
      </p>
    </>
  );
}

function sortState(state: UrlState, path: string): SortState {
  const href = (sort: UrlState["sort"]) => hrefOf(path, { ...state, sort });
  return {
    by: state.sort,
    hrefs: {
      attention: href("attention"),
      name: href("name"),
      z: href("z"),
      load: href("load"),
      received: href("received"),
    },
  };
}
