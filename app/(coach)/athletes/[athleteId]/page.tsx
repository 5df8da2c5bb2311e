import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachContext } from "@/app/context";
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
import { Foot } from "@/components/shell/foot";
import { Fresh } from "@/components/squad/fresh";
import { Notice } from "@/components/ui/card";
import { PrintButton } from "@/components/ui/print-button";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { type AthleteView, viewAthlete } from "@/lib/services/athletes/view";
import { squadVersion } from "@/lib/services/squads/view";
import { isCivilDate } from "@/lib/time/civil-date";
import { SquadHeader } from "../../squad-header";
import { SquadShortcuts } from "../../squad-shortcuts";
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
import { WhatGoesWithHrv } from "./what-goes-with-hrv";

type Query = Record<string, string | string[] | undefined>;
type PageProps = { params: Promise<{ athleteId: string }>; searchParams: Promise<Query> };

const RANGES = [30, 90, 365] as const;

const query = z.object({
  days: z.coerce
    .number()
    .transform((days) => RANGES.find((range) => range === days) ?? 90)
    .catch(90),
  day: z.string().refine(isCivilDate).optional().catch(undefined),
  view: z.enum(["charts", "table"]).catch("charts"),
});

const NOTE_ACTIONS = {
  addNote,
  tagDay,
  untagDay,
  confirmNight,
  unconfirmNight,
  untravelDay,
  retravelDay,
};

type State = z.output<typeof query>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("athlete.head"))("title") };
}

export default async function AthletePage({ params, searchParams }: PageProps) {
  const { athleteId } = await params;
  const state = query.parse(await searchParams);
  const ctx = await coachContext();
  const view = await look(ctx, { athleteId, days: state.days, day: state.day, locale: await getLocale() });
  const path = `/athletes/${athleteId}`;
  const version = await squadVersion({ ctx, input: { squadId: view.squad.id } });
  return (
    <>
      <SquadHeader squad={view.squad} current={null} path={path} />
      <main id="content" className="main">
        {"stopped" in view ? (
          <Stopped name={view.athlete.name} />
        ) : (
          <Body ctx={ctx} view={view} state={state} path={path} />
        )}
        <Foot />
      </main>
      <SquadShortcuts squadId={view.squad.id} neighbours={"stopped" in view ? undefined : view.neighbours} />
      <Fresh versionUrl={`/squads/${view.squad.id}/version`} version={version} everyMs={15_000} />
    </>
  );
}

async function look(ctx: Context, input: Parameters<typeof viewAthlete>[0]["input"]) {
  try {
    return await viewAthlete({ ctx, input });
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
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
  state: State;
  path: string;
}) {
  const t = await getTranslations("athlete.head");
  const mayWrite = ctx.actor.kind === "coach" && ctx.actor.role !== "viewer";
  const href = (more: Partial<State>) => addressOf(path, { ...state, ...more });
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
            <Link
              className="button no-print"
              href={href({ view: table ? "charts" : "table" })}
              scroll={false}
              prefetch={false}
            >
              {t(table ? "charts" : "table")}
            </Link>
            <a
              className="button no-print wide-only"
              href={`/api/exports/athletes/${view.athlete.id}?days=${state.days}`}
            >
              {t("export")}
            </a>
            <PrintButton>{t("print")}</PrintButton>
          </>
        }
      />
      <div className="athlete-grid">
        <div className="athlete-main">
          {table ? <DayTable days={view.days} href={base} /> : <ChartStack view={view} href={base} />}
          <NightCard view={view} />
          <DayCard view={view} />
        </div>
        <aside className="athlete-side" aria-label={t("side")}>
          <EvidenceCard view={view} href={base} {...(mayWrite ? { say, judgeNight } : {})} />
          <NewUsual view={view} act={mayWrite ? { acceptUsual, takeBackUsual } : undefined} />
          <EpisodesCard view={view} say={mayWrite ? say : undefined} />
          <NotesCard view={view} act={mayWrite ? NOTE_ACTIONS : undefined} />
          <SourceCard view={view} choose={mayWrite ? chooseSourceFrom : undefined} />
        </aside>
      </div>
      <div className="athlete-low">
        <div className="grid gap-4">
          <WhatGoesWithHrv ctx={ctx} athleteId={view.athlete.id} />
          <WorkoutsCard view={view} />
        </div>
        <LoadCard load={view.load} />
      </div>
    </>
  );
}

function addressOf(path: string, { days, day, view }: State): string {
  const pairs = {
    days: days === 90 ? "" : String(days),
    day: day ?? "",
    view: view === "charts" ? "" : view,
  };
  const queryText = new URLSearchParams(Object.entries(pairs).filter(([, value]) => value !== ""));
  return queryText.size > 0 ? `${path}?${queryText}` : path;
}
