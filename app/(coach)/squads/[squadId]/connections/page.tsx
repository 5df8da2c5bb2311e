import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { coachContext } from "@/app/context";
import { ConnectionsTable, Mark } from "@/components/connections/connections-table";
import { OperationStrip } from "@/components/connections/operation-strip";
import { moment } from "@/components/format/dates";
import { Foot } from "@/components/shell/foot";
import { Fresh } from "@/components/squad/fresh";
import { PageTitle } from "@/components/ui/page-title";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { needsAthlete } from "@/lib/services/connections/standing";
import { forecastFirstSyncs } from "@/lib/services/provider/budget";
import { type ConnectionsView, viewConnections } from "@/lib/services/squads/connections";
import { squadVersion } from "@/lib/services/squads/view";
import { SquadHeader } from "../../../squad-header";
import { syncAll, syncOne } from "./actions";

const SHOWN = ["all", "action", "quarantine"] as const;
const STATES = ["committed", "open", "quarantined", "refused"] as const;

type PageProps = {
  params: Promise<{ squadId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.nav"))("connections") };
}

export default async function ConnectionsPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const show = z
    .enum(SHOWN)
    .catch("all")
    .parse((await searchParams).show);
  const ctx = await coachContext();
  const t = await getTranslations("connections");
  const path = `/squads/${squadId}/connections`;
  const view = await viewConnections({ ctx, input: { squadId } }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  });
  return (
    <>
      <SquadHeader squad={view.squad} current="connections" path={path} />
      <main id="content" className="main">
        <PageTitle
          title={t("title")}
          lead={t("lead")}
          end={
            isOwner(ctx) ? (
              <Link className="button" href="/operate" prefetch={false}>
                {t("operation")}
              </Link>
            ) : null
          }
        />
        <OperationStrip view={view} engine={env().JOBS_ENGINE} nowMs={ctx.now.getTime()} />
        <FirstSyncs ctx={ctx} view={view} />
        <Table view={view} show={show} path={path} ctx={ctx} />
        <Foot />
      </main>
      <Fresh
        versionUrl={`/squads/${squadId}/version`}
        version={await squadVersion({ ctx, input: { squadId } })}
        everyMs={10_000}
      />
    </>
  );
}

/** When athletes who connected just now will have their history. */
async function FirstSyncs({ ctx, view }: { ctx: Context; view: ConnectionsView }) {
  const t = await getTranslations("connections");
  const forecast = await forecastFirstSyncs({ ctx });
  if (!forecast) return null;
  const at = { timeZone: view.squad.timeZone, date: view.today, locale: await getLocale() };
  return (
    <p role="status" className="soft px-(--margin) pb-2">
      {t("firstSyncs", { at: moment(forecast.doneAt.getTime(), at) })}
    </p>
  );
}

type TableProps = { view: ConnectionsView; show: (typeof SHOWN)[number]; path: string; ctx: Context };

async function Table({ view, show, path, ctx }: TableProps) {
  const t = await getTranslations("connections");
  const groups = {
    all: view.athletes,
    action: view.athletes.filter((athlete) => needsAthlete(athlete.remedy)),
    quarantine: view.athletes.filter((athlete) => athlete.quarantined.length > 0),
  };
  return (
    <>
      <div className="filters">
        <nav className="filter-groups" aria-label={t("filter")}>
          {SHOWN.map((name) => (
            <Link
              key={name}
              className="button button-small"
              href={name === "all" ? path : `${path}?show=${name}`}
              aria-current={name === show ? "true" : undefined}
              prefetch={false}
            >
              {t(`show.${name}`, { n: groups[name].length })}
            </Link>
          ))}
        </nav>
        <span className="grow" />
        <span className="key">
          {STATES.map((state) => (
            <span key={state} className={`stream stream-${state}`}>
              <Mark state={state} />
              {t(`mark.${state}`)}
            </span>
          ))}
        </span>
        {isCoach(ctx) ? (
          <form action={syncAll}>
            <input type="hidden" name="squadId" value={view.squad.id} />
            <button type="submit" className="button button-small">
              {t("syncAll")}
            </button>
          </form>
        ) : null}
      </div>
      {groups[show].length === 0 ? (
        <p className="px-(--margin) py-4">{t(show === "all" ? "nobody" : "nothing")}</p>
      ) : (
        <ConnectionsTable
          view={view}
          athletes={groups[show]}
          sync={isCoach(ctx) ? syncOne : undefined}
          operates={isOwner(ctx)}
        />
      )}
    </>
  );
}

function isCoach(ctx: Context): boolean {
  return ctx.actor.kind === "coach" && ctx.actor.role !== "viewer";
}

function isOwner(ctx: Context): boolean {
  return ctx.actor.kind === "coach" && ctx.actor.role === "owner";
}
