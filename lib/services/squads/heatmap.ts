import { recordLooks } from "@/db/queries/log";
import { type HeatmapRow, listHeatmapRows } from "@/db/queries/squad-heatmap";
import { findSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { isMailedLevel } from "@/lib/readiness/level";
import type { LoadKind } from "@/lib/readiness/load/kind";
import { LEVELS, type Level, type MailedLevel, type Preset } from "@/lib/readiness/types";
import { requireCan, requireId } from "@/lib/services/access/require";
import { chanceRange, readChance } from "@/lib/services/backtest/chance";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

export type HeatmapCell = HeatmapRow["days"][number] & { marked: boolean };

export type HeatmapAthlete = {
  athleteId: string;
  name: string;
  groupName: string | null;
  /** One entry per date of the view; null before anything was received. */
  cells: (HeatmapCell | null)[];
  nights: number;
  flaggedDays: number;
  /** Sum of the known loads of as many days as are shown, up to yesterday as everywhere else; null where none is known. */
  load: number | null;
};

export type HeatmapView = {
  squad: { id: string; name: string; timeZone: string; preset: Preset; loadKind: LoadKind };
  dates: CivilDate[];
  athletes: HeatmapAthlete[];
  groups: string[];
  /** Largest daily load shown: one scale for all bars. */
  mostLoad: number;
  /** Mailed levels on firm baselines, of the days that have a verdict on one. */
  observed: { flagged: number; judged: number };
  chance: { low: number; high: number };
  /** Athletes with a mailed level on each date, by level. */
  mornings: Record<MailedLevel, number>[];
};

/** What a heatmap can be sorted by. */
export const HEATMAP_ORDERS = ["attention", "name"] as const;

export type HeatmapOrder = (typeof HEATMAP_ORDERS)[number];

type HeatmapInput = {
  squadId: string;
  days: number;
  group?: string | null;
  by?: HeatmapOrder;
  /** What the access log calls this look. */
  what?: "heatmap" | "export";
};

/**
 * A squad's last weeks, one cell per athlete and day. The look is written to each athlete's access log in the same
 * transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewHeatmap(of: { ctx: Context; input: HeatmapInput }): Promise<HeatmapView> {
  const { teamId, userId } = requireCan(of.ctx, "squads.view");
  const { days, group = null, by = "attention", what = "heatmap" } = of.input;
  const squadId = requireId(of.input.squadId);
  return inTransaction(of.ctx, async (ctx) => {
    const squad = await findSquad(ctx.db, { teamId, squadId });
    if (!squad) throw new AppError("not-found", "This squad is not there.");
    const today = civilDateIn(ctx.now, squad.timeZone);
    const dates = Array.from({ length: days }, (_, i) => addDays(today, i + 1 - days));
    const stored = await listHeatmapRows(ctx.db, { teamId, squadId, from: addDays(today, -days), to: today });
    const shown = stored.filter((row) => group === null || row.groupName === group);
    const athleteIds = shown.map((row) => row.athleteId);
    await recordLooks(ctx.db, { teamId, athleteIds, userId, what, lookedAt: ctx.now });
    const athletes = shown.map((row) => athleteOf(row, dates));
    const judged = athletes
      .flatMap((athlete) => athlete.cells)
      .filter((cell) => cell?.grade === "firm" && cell.level !== "no-verdict");
    return {
      squad: {
        id: squad.id,
        name: squad.name,
        timeZone: squad.timeZone,
        preset: squad.preset,
        loadKind: squad.loadKind,
      },
      dates,
      athletes: by === "name" ? athletes : athletes.toSorted(byAttention),
      groups: [...new Set(stored.flatMap((row) => row.groupName ?? []))].toSorted((a, b) =>
        a.localeCompare(b),
      ),
      mostLoad: Math.max(1, ...athletes.flatMap((athlete) => athlete.cells.map((cell) => cell?.load ?? 0))),
      observed: {
        flagged: judged.filter((cell) => isFlagged(cell!)).length,
        judged: judged.length,
      },
      chance: chanceRange(squad.preset, await readChance(ctx.db, { squadId })),
      mornings: dates.map((_, i) => morningOf(athletes, i)),
    };
  });
}

function athleteOf(row: HeatmapRow, dates: readonly CivilDate[]): HeatmapAthlete {
  const byDate = new Map(row.days.map((day) => [day.date, day]));
  const cells = dates.map((date) => {
    const day = byDate.get(date);
    return day ? { ...day, marked: row.marked.includes(date) } : null;
  });
  const known = cells.filter((cell) => cell !== null);
  return {
    athleteId: row.athleteId,
    name: row.name,
    groupName: row.groupName,
    cells,
    nights: known.filter((cell) => cell.rmssdMs !== null).length,
    flaggedDays: known.filter(isFlagged).length,
    load: loadToYesterday(row.days, dates),
  };
}

/** A mailed level on a firm baseline: what counts as flagged wherever days are counted. */
function isFlagged({ level, grade }: Pick<HeatmapCell, "level" | "grade">): boolean {
  return grade === "firm" && isMailedLevel(level);
}

function loadToYesterday(days: HeatmapRow["days"], dates: readonly CivilDate[]): number | null {
  const loads = days.flatMap(({ date, load }) => (load !== null && date < dates.at(-1)! ? [load] : []));
  return loads.length === 0 ? null : loads.reduce((sum, load) => sum + load, 0);
}

function byAttention(a: HeatmapAthlete, b: HeatmapAthlete): number {
  const today = (athlete: HeatmapAthlete) => athlete.cells.at(-1);
  const rank = (athlete: HeatmapAthlete) => LEVELS.indexOf(today(athlete)?.level ?? "no-verdict");
  return rank(a) - rank(b) || (today(a)?.z ?? 99) - (today(b)?.z ?? 99) || a.name.localeCompare(b.name);
}

function morningOf(athletes: readonly HeatmapAthlete[], index: number): HeatmapView["mornings"][number] {
  const count = (level: Level) =>
    athletes.filter(({ cells }) => cells[index]?.level === level && cells[index]?.grade === "firm").length;
  return { recovery: count("recovery"), flag: count("flag"), unexplained: count("unexplained") };
}
