import { listTeamMails } from "@/db/queries/mail";
import { listMissedMornings } from "@/db/queries/mornings";
import {
  countQuotaWaits,
  countRuns,
  listOpenFailures,
  listStreamTroubles,
  type RunCount,
  type StreamTrouble,
} from "@/db/queries/operation";
import { countOwed } from "@/db/queries/owed";
import {
  type ConnectionRow,
  findOperation,
  listConnectionRows,
  listTeamQuarantined,
  type Operation,
  type TeamQuarantined,
} from "@/db/queries/squad-connections";
import { listSquadRows } from "@/db/queries/squads";
import { findWebhook } from "@/db/queries/webhooks";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import type { Engine } from "@/lib/events";
import { PARSER_VERSION } from "@/lib/providers/polar/normalise/payload";
import { isInstallationsTeam, requireCan } from "@/lib/services/access/require";
import {
  accessRemedyOf,
  countStreams,
  needsAthlete,
  streamStandings,
} from "@/lib/services/connections/standing";
import { canRunAgain } from "@/lib/services/jobs/failures";
import { checkJobs, type JobsHealth } from "@/lib/services/jobs/health";
import { canSendAgain } from "@/lib/services/mail/deliver";
import { OWED_KINDS } from "@/lib/services/owed/sweep";
import { isUnsettled } from "@/lib/services/sync/ledger";
import { isReachable } from "@/lib/services/webhooks/manage";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

type Mail = Awaited<ReturnType<typeof listTeamMails>>[number] & { canSendAgain: boolean };

/** `unsettled`: only giving up on the transaction helps. */
type Trouble = StreamTrouble & { unsettled: boolean };

type Failure = Awaited<ReturnType<typeof listOpenFailures>>[number] & { canRunAgain: boolean };

/** Work of one kind that was asked for and is not done. */
type Owed = {
  event: string;
  /** The function that does it. */
  job: string;
  count: number;
  oldestAtMs: number;
  timesAgain: number;
  /** Asked for again and still not done, longer than the kind may take: somebody should look. */
  isLate: boolean;
};

/** How a squad in use is connected, by the same count as its connections page. */
type SquadConnections = {
  squadId: string;
  name: string;
  connected: number;
  needAction: number;
  streams: number;
  inOrder: number;
};

export type OperationView = {
  /** How many things wait for a person: what goes on by itself is not counted. */
  needs: number;
  /** Zone in which the page tells times: that of the first squad. */
  timeZone: string;
  today: string;
  squads: SquadConnections[];
  broken: BrokenConnection[];
  troubles: Trouble[];
  quarantined: TeamQuarantined[];
  /** Whether Polar can call this installation at all. */
  reachable: boolean;
  webhook: { url: string; active: boolean; checkedAt: Date; lastDeliveryAt: Date | null } | null;
  operation: Operation | null;
  quotaWaits: { streams: number; untilMs: number | null };
  /** What all teams share; null for the owners of a team that others' installation serves. */
  jobs: JobsHealth | null;
  engine: Engine;
  /** Null where an Inngest server runs the jobs: its own page shows them. */
  runs: RunCount[] | null;
  failures: Failure[];
  /** What the installation owes, the oldest first; null as `jobs` is. */
  owed: Owed[] | null;
  mails: Mail[];
  /** Mornings of the last days on which no squad mail was decided, newest first. */
  missedMornings: Awaited<ReturnType<typeof listMissedMornings>>;
};

const MISSED_DAYS = 7;

function troubleOf(one: StreamTrouble, now: Date): Trouble {
  const life = {
    ...one,
    state: one.transactionState,
    openedAtMs: one.openSinceMs,
    storedAtMs: one.storedSinceMs,
  };
  return { ...one, unsettled: isUnsettled(life, now) };
}

function connectionsOf(
  squad: { id: string; name: string },
  rows: readonly ConnectionRow[],
  broken: readonly BrokenConnection[],
): SquadConnections {
  const own = rows.filter((row) => row.squadId === squad.id);
  const counts = countStreams(own.flatMap(streamStandings));
  const needAction = broken.filter((one) => one.squadId === squad.id).length;
  return {
    squadId: squad.id,
    name: squad.name,
    connected: own.length - needAction,
    needAction,
    streams: counts.of,
    inOrder: counts.streams,
  };
}

/** An athlete at whose connection only they can help, by the count of the connections page. */
type BrokenConnection = Pick<ConnectionRow, "athleteId" | "squadId" | "email" | "status"> & {
  athleteName: string;
  squadName: string;
};

function brokenOf(squad: { id: string; name: string }, rows: readonly ConnectionRow[]): BrokenConnection[] {
  return rows
    .filter((row) => row.squadId === squad.id && needsAthlete(accessRemedyOf(row)))
    .map((row) => ({ ...row, athleteName: row.name, squadName: squad.name }));
}

/** Payloads that an earlier parser set aside: reading them again may help. Those of this parser wait for the next one. */
function readableAgain(quarantined: readonly TeamQuarantined[]): number {
  const earlier = quarantined.filter((entry) => entry.parserVersion < PARSER_VERSION);
  return new Set(earlier.map((entry) => entry.payloadId)).size;
}

async function owedOf({ db, now }: Context): Promise<Owed[]> {
  const kinds: Record<string, { job: string; lateAfterS: number | null }> = OWED_KINDS;
  return (await countOwed(db)).flatMap(({ event, count, oldestAtMs, mostTimesAgain: timesAgain }) => {
    const kind = kinds[event];
    // Of a version before: nobody does it any more.
    if (!kind) return [];
    const { job, lateAfterS } = kind;
    const ageS = (now.getTime() - oldestAtMs) / 1000;
    const isLate = lateAfterS !== null && timesAgain > 0 && ageS > lateAfterS;
    return [{ event, job, count, oldestAtMs, timesAgain, isLate }];
  });
}

/** Late work for which nothing else on the page asks: a worker that stands still, or a job that gave up, is counted itself. */
function lateOf({ owed, jobs, failures }: Pick<OperationView, "owed" | "jobs" | "failures">): number {
  if (jobs?.worker !== "ok") return 0;
  const gaveUp = new Set(failures.map(({ functionId }) => functionId));
  return (owed ?? []).filter(({ isLate, job }) => isLate && !gaveUp.has(job)).length;
}

function needsOf(view: Omit<OperationView, "needs">): number {
  const stuck = view.troubles.filter((trouble) => trouble.stuckItems > 0 || trouble.unsettled).length;
  const webhook = view.operation && view.reachable && !view.webhook?.active ? 1 : 0;
  const worker = view.jobs && view.jobs.worker !== "ok" ? 1 : 0;
  const jobs = worker + view.failures.length + lateOf(view);
  return view.broken.length + stuck + readableAgain(view.quarantined) + webhook + jobs;
}

const MAILS = { few: 12, all: 200 } as const;

/**
 * Everything the person who runs the installation looks after: connections, transactions, payloads, webhook, quota,
 * jobs and mails. No health values. Owners; what all teams share is told to those of the installation only.
 * @throws AppError `forbidden`, `not-signed-in`
 */
export async function viewOperation({
  ctx,
  input,
}: {
  ctx: Context;
  input: { mails: keyof typeof MAILS };
}): Promise<OperationView> {
  const { teamId } = requireCan(ctx, "operation.view");
  const { db, now } = ctx;
  const squads = await listSquadRows(db, { teamId });
  const rows = await listConnectionRows(db, { teamId });
  const timeZone = squads[0]?.timeZone ?? "UTC";
  const mails = await listTeamMails(db, { teamId, limit: MAILS[input.mails] });
  const isOperator = await isInstallationsTeam(ctx);
  const failures = await listOpenFailures(db, { teamId, reach: isOperator ? "whole" : "team", limit: 50 });
  const today = civilDateIn(now, timeZone);
  const broken = squads.flatMap((squad) => brokenOf(squad, rows));
  const view = {
    timeZone,
    today,
    missedMornings: await listMissedMornings(db, { teamId, from: addDays(today, 1 - MISSED_DAYS) }),
    squads: squads.map((squad) => connectionsOf(squad, rows, broken)),
    broken,
    troubles: (await listStreamTroubles(db, { teamId })).map((one) => troubleOf(one, now)),
    quarantined: await listTeamQuarantined(db, { teamId }),
    reachable: isReachable(),
    webhook: isOperator ? ((await findWebhook(db)) ?? null) : null,
    operation: isOperator ? await findOperation(db) : null,
    quotaWaits: await countQuotaWaits(db, { teamId }),
    engine: env().JOBS_ENGINE,
    jobs: isOperator ? await checkJobs({ ctx }) : null,
    runs: isOperator && env().JOBS_ENGINE === "embedded" ? await countRuns(db, { now }) : null,
    owed: isOperator ? await owedOf(ctx) : null,
    failures: failures.map((failure) => ({ ...failure, canRunAgain: canRunAgain(failure) })),
    mails: mails.map((mail) => ({ ...mail, canSendAgain: canSendAgain(mail) })),
  };
  return { ...view, needs: needsOf(view) };
}
