import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { nearestPage } from "@/app/nearest-page";
import type { Search } from "@/app/search";
import { ConnectionsTable } from "@/components/connections/connections-table";
import { OperationStrip } from "@/components/connections/operation-strip";
import { StreamWord } from "@/components/connections/stream-word";
import { moment } from "@/components/format/dates";
import { Button, ButtonLink } from "@/components/ui/controls";
import { PageTitle } from "@/components/ui/page-title";
import { Toolbar, ToolGroup, ToolKey } from "@/components/ui/toolbar";
import { type Context, can } from "@/lib/context";
import { env } from "@/lib/env";
import { needsAthlete } from "@/lib/services/connections/standing";
import { forecastFirstSyncs } from "@/lib/services/provider/budget";
import { type ConnectionsView, viewConnections } from "@/lib/services/squads/connections";
import { type SquadParams, squadTitle } from "../../../address";
import { CONNECTIONS_SHOWN, type ConnectionsShown, readConnectionsSearch } from "../search";
import { syncAll, syncOne } from "./actions";

const STATES = ["committed", "open", "quarantined", "refused"] as const;

type PageProps = SquadParams & { searchParams: Search };

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("shell.nav"))("connections"));
}

export default async function ConnectionsPage({ params, searchParams }: PageProps) {
  const { squadId } = await params;
  const { show } = readConnectionsSearch(await searchParams);
  const ctx = await coachContext();
  const t = await getTranslations("connections");
  const path = `/squads/${squadId}/connections`;
  const view = await viewConnections({ ctx, input: { squadId } }).catch(nearestPage);
  return (
    <>
      <PageTitle
        title={t("title")}
        lead={t("lead")}
        end={
          can(ctx.actor, "operation.view") ? (
            <ButtonLink href="/operate" prefetch={false}>
              {t("operation")}
            </ButtonLink>
          ) : null
        }
      />
      <OperationStrip view={view} engine={env().JOBS_ENGINE} nowMs={ctx.now.getTime()} />
      <FirstSyncs ctx={ctx} view={view} />
      <Table view={view} show={show} path={path} ctx={ctx} />
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
    <p role="status" className="text-ink-2 px-(--margin) pb-2">
      {t("firstSyncs", { at: moment(forecast.doneAt.getTime(), at) })}
    </p>
  );
}

type TableProps = { view: ConnectionsView; show: ConnectionsShown; path: string; ctx: Context };

async function Table({ view, show, path, ctx }: TableProps) {
  const t = await getTranslations("connections");
  const groups = {
    all: view.athletes,
    action: view.athletes.filter((athlete) => needsAthlete(athlete.remedy)),
    quarantine: view.athletes.filter((athlete) => athlete.quarantined.length > 0),
  };
  return (
    <>
      <Toolbar>
        <ToolGroup as="nav" aria-label={t("filter")}>
          {CONNECTIONS_SHOWN.map((name) => (
            <ButtonLink
              key={name}
              size="small"
              href={name === "all" ? path : `${path}?show=${name}`}
              aria-current={name === show ? "true" : undefined}
              prefetch={false}
            >
              {t(`show.${name}`, { n: groups[name].length })}
            </ButtonLink>
          ))}
        </ToolGroup>
        <ToolKey>
          {STATES.map((state) => (
            <StreamWord key={state} state={state}>
              {t(`mark.${state}`)}
            </StreamWord>
          ))}
        </ToolKey>
        {can(ctx.actor, "sync.ask") ? (
          <form action={syncAll}>
            <input type="hidden" name="squadId" value={view.squad.id} />
            <Button type="submit" size="small">
              {t("syncAll")}
            </Button>
          </form>
        ) : null}
      </Toolbar>
      {groups[show].length === 0 ? (
        <p className="px-(--margin) py-4">{t(show === "all" ? "nobody" : "nothing")}</p>
      ) : (
        <ConnectionsTable
          view={view}
          athletes={groups[show]}
          sync={can(ctx.actor, "sync.ask") ? syncOne : undefined}
          operates={can(ctx.actor, "operation.view")}
        />
      )}
    </>
  );
}
