import type { Metadata } from "next";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { absentColumns, COLUMN_IDS } from "@/components/squad/columns";
import { FilterBar } from "@/components/squad/filter-bar";
import { Headline } from "@/components/squad/headline";
import { hiddenColumns } from "@/components/squad/hidden-columns";
import { LevelTiles } from "@/components/squad/level-tiles";
import { inOrder } from "@/components/squad/order";
import { hrefOf, type UrlState } from "@/components/squad/url-state";
import { ButtonLink } from "@/components/ui/controls";
import { can } from "@/lib/context";
import { RULE_VERSION } from "@/lib/readiness/rule-version";
import { filtered, viewSquad } from "@/lib/services/squads/view";
import type { SquadView } from "@/lib/services/squads/view-model";
import { type SquadParams, squadTitle } from "../../address";
import { readMorningSearch } from "./morning-search";
import { MorningTable } from "./morning-table";

type PageProps = SquadParams & { searchParams: Search };

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("shell.nav"))("morning"));
}

export default async function SquadPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const state = readMorningSearch(await searchParams);
  const ctx = await coachContext();
  const input = { squadId, date: state.date ?? undefined, locale: await getLocale() };
  const view = await viewSquad({ ctx, input }).catch(nearestPage);
  // The forms of an empty squad bring code that the squad view does not need: they have a page of their own.
  if (view.rows.length === 0) redirect(`/squads/${squadId}/start`);
  return (
    <Morning
      view={view}
      state={state}
      path={`/squads/${squadId}`}
      mayJudge={can(ctx.actor, "episodes.judge")}
      nowMs={ctx.now.getTime()}
    />
  );
}

type MorningProps = { view: SquadView; state: UrlState; path: string; mayJudge: boolean; nowMs: number };

async function Morning({ view, state, path, mayJudge, nowMs }: MorningProps) {
  const t = await getTranslations("squad.filter");
  const words = await getTranslations("squad");
  const rows = inOrder(filtered(view.rows, { ...state }), state.sort);
  const hidden = hiddenColumns((await cookies()).get("hidden-columns")?.value);
  const absent = absentColumns(view.rows);
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
        absent={absent}
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
          columns={COLUMN_IDS.filter((id) => !hidden.includes(id) && !absent.includes(id))}
          sort={{ by: state.sort, hrefOf: (sort) => hrefOf(path, { ...state, sort }) }}
          mayJudge={mayJudge}
        />
      )}
      <p className="hidden print:block px-(--margin) pt-2 text-label">
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
