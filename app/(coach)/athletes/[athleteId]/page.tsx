import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { AthleteHead } from "@/components/athlete/athlete-head";
import { ChartStack } from "@/components/athlete/chart-stack";
import { DayCard } from "@/components/athlete/day-card";
import { DayTable } from "@/components/athlete/day-table";
import { EpisodesCard } from "@/components/athlete/episodes-card";
import { EvidenceCard } from "@/components/athlete/evidence-card";
import { LoadCard } from "@/components/athlete/load-card";
import { NewUsual } from "@/components/athlete/new-usual";
import { NightCard } from "@/components/athlete/night-card";
import { NotesCard } from "@/components/athlete/notes-card";
import { SourceCard } from "@/components/athlete/source-card";
import { WorkoutsCard } from "@/components/athlete/workouts-card";
import { Notice } from "@/components/ui/blocks";
import { ButtonAnchor, ButtonLink } from "@/components/ui/controls";
import { PrintButton } from "@/components/ui/print-button";
import { type Act, type Context, can } from "@/lib/context";
import { type AthleteView, viewAthlete } from "@/lib/services/athletes/view";
import { type AthleteParams, athleteTitle } from "../../address";
import { judgeNight } from "../../squads/[squadId]/actions";
import {
  acceptUsual,
  addNote,
  chooseSourceFrom,
  confirmNight,
  retravelDay,
  say,
  tagDay,
  takeBackUsual,
  unconfirmNight,
  untagDay,
  untravelDay,
} from "./actions";
import { type AthleteSearch, athleteAddress, RANGES, readAthleteSearch } from "./search";
import { WhatGoesWithHrv } from "./what-goes-with-hrv";

type PageProps = AthleteParams & { searchParams: Search };

const NOTE_ACTIONS = {
  addNote,
  tagDay,
  untagDay,
  confirmNight,
  unconfirmNight,
  untravelDay,
  retravelDay,
};

export function generateMetadata(props: AthleteParams): Promise<Metadata> {
  return athleteTitle(props);
}

export default async function AthletePage({ params, searchParams }: PageProps) {
  const { athleteId } = await params;
  const state = readAthleteSearch(await searchParams);
  const ctx = await coachContext();
  const input = { athleteId, days: state.days, day: state.day, locale: await getLocale() };
  const view = await viewAthlete({ ctx, input }).catch(nearestPage);
  if ("stopped" in view) return <Stopped name={view.athlete.name} />;
  return <Body ctx={ctx} view={view} state={state} path={`/athletes/${athleteId}`} />;
}

async function Stopped({ name }: { name: string }) {
  const t = await getTranslations("athlete.stopped");
  return (
    <div className="grid max-w-[640px] gap-4 px-(--margin) py-8">
      <h1>{name}</h1>
      <Notice>{t("text")}</Notice>
    </div>
  );
}

async function Body({
  ctx,
  view,
  state,
  path,
}: {
  ctx: Context;
  view: AthleteView;
  state: AthleteSearch;
  path: string;
}) {
  const t = await getTranslations("athlete.head");
  const may = (act: Act) => can(ctx.actor, act);
  const href = (more: Partial<AthleteSearch>) => athleteAddress(path, { ...state, ...more });
  const base = href({ day: undefined });
  const ranges = RANGES.map((days) => ({ days, href: href({ days }), current: days === state.days }));
  const table = state.view === "table";
  return (
    <>
      <AthleteHead
        view={view}
        ranges={ranges}
        end={
          <>
            <ButtonLink
              className="print:hidden"
              href={href({ view: table ? "charts" : "table" })}
              scroll={false}
              prefetch={false}
            >
              {t(table ? "charts" : "table")}
            </ButtonLink>
            <ButtonAnchor
              className="print:hidden phone:hidden"
              href={`/api/exports/athletes/${view.athlete.id}?days=${state.days}`}
            >
              {t("export")}
            </ButtonAnchor>
            <PrintButton>{t("print")}</PrintButton>
          </>
        }
      />
      <div
        className="grid grid-cols-[minmax(0,1fr)_424px] gap-4 px-(--margin) max-[1181px]:grid-cols-[minmax(0,1fr)_360px] max-[981px]:grid-cols-1 print:grid-cols-[minmax(0,1fr)_300px]"
        data-neighbours=""
        data-before={hrefOf(view.neighbours.before)}
        data-after={hrefOf(view.neighbours.after)}
      >
        <div className="grid min-w-0 content-start gap-4 max-[981px]:contents">
          {table ? <DayTable days={view.days} href={base} /> : <ChartStack view={view} href={base} />}
          <NightCard view={view} />
          <DayCard view={view} />
        </div>
        <aside className="grid min-w-0 content-start gap-3 max-[981px]:contents" aria-label={t("side")}>
          <EvidenceCard
            view={view}
            href={base}
            say={may("episodes.judge") ? say : undefined}
            judgeNight={may("days.annotate") ? judgeNight : undefined}
          />
          <NewUsual view={view} act={may("days.annotate") ? { acceptUsual, takeBackUsual } : undefined} />
          <EpisodesCard view={view} say={may("episodes.judge") ? say : undefined} />
          <NotesCard view={view} act={may("days.annotate") ? NOTE_ACTIONS : undefined} />
          <SourceCard view={view} choose={may("source.choose") ? chooseSourceFrom : undefined} />
        </aside>
      </div>
      <div className="grid grid-cols-2 items-start gap-4 px-(--margin) pt-4 max-[981px]:grid-cols-1">
        <div className="grid gap-4">
          <WhatGoesWithHrv ctx={ctx} athleteId={view.athlete.id} />
          <WorkoutsCard view={view} />
        </div>
        <LoadCard load={view.load} />
      </div>
    </>
  );
}

/** Where `j` and `k` lead from here. */
const hrefOf = (id: string | null) => (id ? `/athletes/${id}` : undefined);
