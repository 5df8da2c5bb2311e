import { type LoadCoverageRow, listLoadCoverage } from "@/db/queries/load-coverage";
import { findSquad } from "@/db/queries/squads";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { LOAD_KINDS, type LoadKind } from "@/lib/readiness/load/kind";
import { type MissingInput, NEEDS } from "@/lib/readiness/load/session-loads";
import { requireCan, requireId } from "@/lib/services/access/require";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

/** How much of a squad's last 28 days a kind of load could tell, and what is missing for the rest. */
export type LoadCoverage = {
  kind: LoadKind;
  /** Days of cardio load, sessions of the others. */
  known: number;
  of: number;
  /** Sessions without something, or the athletes whose profile at Polar lacks it. */
  missing: { input: MissingInput; sessions: number; athletes: string[] }[];
};

const DAYS = 28;

/** What a squad's data allow each kind of load to tell: counts, and names of athletes whose profile lacks something. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function viewLoadCoverage(of: {
  ctx: Context;
  input: { squadId: string };
}): Promise<LoadCoverage[]> {
  const { teamId } = requireCan(of.ctx, "squads.view");
  const squadId = requireId(of.input.squadId);
  const squad = await findSquad(of.ctx.db, { teamId, squadId });
  if (!squad) throw new AppError("not-found", "This squad is not there.");
  const to = addDays(civilDateIn(of.ctx.now, squad.timeZone), -1);
  const rows = await listLoadCoverage(of.ctx.db, { teamId, squadId, from: addDays(to, 1 - DAYS), to });
  return LOAD_KINDS.map((kind) => coverageOf(kind, rows));
}

const KNOWN = {
  "cardio-load": (row) => row.cardioDays,
  banister: (row) => row.banister,
  edwards: (row) => row.edwards,
  "session-rpe": (row) => row.sessionRpe,
} as const satisfies Record<LoadKind, (row: LoadCoverageRow) => number>;

function coverageOf(kind: LoadKind, rows: readonly LoadCoverageRow[]): LoadCoverage {
  const needs: readonly MissingInput[] = kind === "cardio-load" ? [] : NEEDS[kind];
  return {
    kind,
    known: sum(rows, KNOWN[kind]),
    of: sum(rows, (row) => (kind === "cardio-load" ? row.days : row.sessions)),
    missing: needs
      .map((input) => missingOf(input, rows))
      .filter(({ sessions, athletes }) => sessions + athletes.length > 0),
  };
}

function missingOf(input: MissingInput, rows: readonly LoadCoverageRow[]): LoadCoverage["missing"][number] {
  if (input === "heart-rate")
    return { input, sessions: sum(rows, (row) => row.withoutHeartRate), athletes: [] };
  if (input === "rpe") return { input, sessions: sum(rows, (row) => row.withoutRpe), athletes: [] };
  const has = {
    "heart-rate-max": (row: LoadCoverageRow) => row.hasHeartRateMax,
    "heart-rate-rest": (row: LoadCoverageRow) => row.hasHeartRateRest,
    "heart-rate-range": (row: LoadCoverageRow) => row.hasRange,
    sex: (row: LoadCoverageRow) => row.hasSex,
  }[input];
  return { input, sessions: 0, athletes: rows.filter((row) => !has(row)).map(({ name }) => name) };
}

function sum(rows: readonly LoadCoverageRow[], count: (row: LoadCoverageRow) => number): number {
  return rows.reduce((total, row) => total + count(row), 0);
}
