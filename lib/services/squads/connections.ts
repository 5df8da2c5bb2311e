import {
  type ConnectionRow,
  findOperation,
  listConnectionRows,
  listQuarantined,
  type Operation,
  type QuarantinedEntry,
} from "@/db/queries/squad-connections";
import { findSquad } from "@/db/queries/squads";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { STREAMS } from "@/lib/providers/polar/streams";
import { isInstallationsTeam, requireCan, requireId } from "@/lib/services/access/require";
import {
  countStreams,
  needsAthlete,
  REMEDIES,
  type Remedy,
  remedyOf,
  type StreamCounts,
  type StreamStanding,
  streamStandings,
} from "@/lib/services/connections/standing";
import { civilDateIn } from "@/lib/time/zone";

export type ConnectionView = Omit<ConnectionRow, "streams"> & {
  remedy: Remedy;
  /** In the order of the columns; null where the athlete does not share a stream. */
  streams: (StreamStanding | null)[];
  quarantined: QuarantinedEntry[];
};

export type ConnectionsView = {
  squad: { id: string; name: string; timeZone: string };
  today: string;
  columns: string[];
  athletes: ConnectionView[];
  /** What all teams of an installation share; null for those it was not set up with. */
  operation: Operation | null;
  inOrder: StreamCounts;
  /** Athletes who alone can put their connection in order. */
  needAction: number;
};

/** Athlete by stream: what came last, what waits, what was refused. No health values. Everybody on the team. @throws AppError `not-found` */
export async function viewConnections(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<ConnectionsView> {
  const { ctx } = of;
  const { teamId } = requireCan(ctx, "squads.view");
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
    operation: (await isInstallationsTeam(ctx)) ? await findOperation(ctx.db) : null,
    needAction: athletes.filter((athlete) => needsAthlete(athlete.remedy)).length,
    inOrder: countStreams(athletes.flatMap((athlete) => athlete.streams).filter((stream) => stream !== null)),
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
  const standings = streamStandings(row);
  return {
    ...row,
    streams: columns.map((column) => standings.find(({ stream }) => stream === column) ?? null),
    quarantined: quarantined.filter((entry) => entry.athleteId === row.athleteId),
    remedy: remedyOf(row, { streams: standings, today }),
  };
}
