import { findSquad } from "@/db/queries/squads/find";
import {
  type ConnectionRow,
  findOperation,
  listConnectionRows,
  listQuarantined,
  type Operation,
  type QuarantinedEntry,
  type StreamCell,
} from "@/db/queries/squads/view-connections-rows";
import { STREAMS } from "@/lib/polar/streams";
import { daysBetween } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

/** What somebody has to do about an athlete's connection, or that nobody has to. */
export type Remedy = "reauthorise" | "consent" | "quarantine" | "waits" | "quiet" | "paused" | "none";

export type StreamView = StreamCell & { state: "committed" | "open" | "quarantined" | "refused" | "never" };

export type ConnectionView = Omit<ConnectionRow, "streams"> & {
  remedy: Remedy;
  /** In the order of the columns; null where the athlete does not share a stream. */
  streams: (StreamView | null)[];
  quarantined: QuarantinedEntry[];
};

export type ConnectionsView = {
  squad: { id: string; name: string; timeZone: string };
  today: string;
  columns: string[];
  athletes: ConnectionView[];
  operation: Operation;
  inOrder: { streams: number; of: number; refused: number; quarantined: number; open: number };
};

const REMEDIES = ["reauthorise", "consent", "quarantine", "waits", "quiet", "paused", "none"] as const;

/** Athlete by stream: what came last, what waits, what was refused. No health values. Everybody on the team. @throws AppError `not-found` */
export async function viewConnections(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<ConnectionsView> {
  const { ctx } = of;
  const { teamId } = requireCoach(ctx, "viewer");
  const squadId = requireId(of.input.squadId);
  const squad = await findSquad(ctx.db, { teamId, squadId });
  if (!squad) throw new AppError("not-found", "This squad is not there.");
  const today = civilDateIn(ctx.now, squad.timeZone);
  const rows = await listConnectionRows(ctx.db, { teamId, squadId });
  const quarantined = await listQuarantined(ctx.db, { teamId, squadId });
  const columns = columnsOf(rows);
  const athletes = rows.map((row) => connectionOf(row, { columns, today, quarantined }));
  return {
    squad: { id: squad.id, name: squad.name, timeZone: squad.timeZone },
    today,
    columns,
    athletes: athletes.toSorted((a, b) => REMEDIES.indexOf(a.remedy) - REMEDIES.indexOf(b.remedy)),
    operation: await findOperation(ctx.db),
    inOrder: countsOf(athletes.flatMap((athlete) => athlete.streams).filter((stream) => stream !== null)),
  };
}

function columnsOf(rows: readonly ConnectionRow[]): string[] {
  const shared = new Set(rows.flatMap((row) => row.streams.map(({ stream }) => stream)));
  return STREAMS.filter((stream) => stream.partOf === null && shared.has(stream.id)).map(
    (stream) => stream.id,
  );
}

type Around = { columns: readonly string[]; today: string; quarantined: readonly QuarantinedEntry[] };

function connectionOf(row: ConnectionRow, { columns, today, quarantined }: Around): ConnectionView {
  const streams = columns.map((column) => {
    const cell = row.streams.find(({ stream }) => stream === column);
    return cell ? { ...cell, state: stateOf(cell, row) } : null;
  });
  const own = quarantined.filter((entry) => entry.athleteId === row.athleteId);
  return { ...row, streams, quarantined: own, remedy: remedyOf(row, { streams, own, today }) };
}

function stateOf(cell: StreamCell, { status }: ConnectionRow): StreamView["state"] {
  if (status === "needs-reconnection" || status === "revoked") return "refused";
  if (cell.openSinceMs !== null) return "open";
  if (cell.errorCode !== null) return "refused";
  if (cell.quarantined > 0) return "quarantined";
  return cell.lastSuccessAtMs === null ? "never" : "committed";
}

function remedyOf(
  row: ConnectionRow,
  of: { streams: readonly (StreamView | null)[]; own: readonly QuarantinedEntry[]; today: string },
): Remedy {
  if (row.status === "revoked") return "reauthorise";
  if (row.pausedOn !== null) return "paused";
  if (row.status === "needs-reconnection") return "reauthorise";
  if (row.status === "consent-missing") return "consent";
  if (of.own.length > 0) return "quarantine";
  if (of.streams.some((stream) => stream?.state === "open" || stream?.state === "refused")) return "waits";
  if (row.lastNight !== null && daysBetween(row.lastNight, of.today) > 1) return "quiet";
  return "none";
}

function countsOf(streams: readonly StreamView[]): ConnectionsView["inOrder"] {
  const count = (state: StreamView["state"]) => streams.filter((stream) => stream.state === state).length;
  return {
    streams: count("committed"),
    of: streams.length,
    refused: count("refused"),
    quarantined: count("quarantined"),
    open: count("open"),
  };
}
