import { recordLooks } from "@/db/queries/log";
import { countNights } from "@/db/queries/mornings";
import { findSquadVersion, listSquadViewRows } from "@/db/queries/squad-morning";
import { findSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import { byAttention } from "@/lib/alerts/attention";
import { countToLookAt } from "@/lib/alerts/morning";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { LEVELS, type Level } from "@/lib/readiness/types";
import { requireCan, requireId } from "@/lib/services/access/require";
import { chanceCounts, isJudged, readChance } from "@/lib/services/backtest/chance";
import { type CivilDate, daysBetween, epochDayOf } from "@/lib/time/civil-date";
import { civilDateIn, instantOf, utcOffsetMinutes } from "@/lib/time/zone";
import { allStreams } from "@/lib/wearables/connector";
import { morningStreams } from "@/lib/wearables/stream";
import { lookAt } from "./look";
import { viewMorning } from "./morning";
import { type SquadRow, squadRowOf } from "./row";
import type { SquadView } from "./view-model";

type ViewInput = {
  squadId: string;
  date?: CivilDate | undefined;
  locale: string;
  /** What the access log calls this look. */
  what?: "squad-view" | "export";
};

/**
 * A squad on one morning: every athlete who connected, in order of attention, and what the page's header says.
 * The look is written to each athlete's access log in the same transaction. Everybody on the team.
 * @param input.date the squad's today when absent; a future date is refused
 * @throws AppError `not-found`, `bad-input`, `not-signed-in`
 */
export async function viewSquad(of: { ctx: Context; input: ViewInput }): Promise<SquadView> {
  const { teamId, userId } = requireCan(of.ctx, "squads.view");
  const { locale, what = "squad-view" } = of.input;
  const squadId = requireId(of.input.squadId);
  return inTransaction(of.ctx, async (ctx) => {
    const squad = await findSquad(ctx.db, { teamId, squadId });
    if (!squad) throw new AppError("not-found", "This squad is not there.");
    const today = civilDateIn(ctx.now, squad.timeZone);
    const date = of.input.date ?? today;
    if (daysBetween(today, date) > 0)
      throw new AppError("bad-input", "Choose a day up to today.", { field: "date" });
    const stored = await listSquadViewRows(ctx.db, { teamId, squadId, date });
    const athleteIds = stored.flatMap((row) => (row.stopped ? [] : [row.athleteId]));
    await recordLooks(ctx.db, { teamId, athleteIds, userId, what, lookedAt: ctx.now });
    const own = await readChance(ctx.db, { squadId });
    const view = lookAt({ date, locale, own });
    const rows = stored.map((row) => squadRowOf(row, view)).sort(byAttention);
    const { id, name, timeZone, preset } = squad;
    return {
      squad: { id, name, timeZone, preset },
      date,
      today,
      rows,
      groups: groupsOf(rows),
      ...arrivalOf(rows, { date, timeZone }),
      nights: await nightsOf(ctx, { squadId, date, rows }),
      scoredAtMs: latest(stored.map((row) => row.scoredAtMs)),
      lastDataAtMs: latest(stored.map((row) => row.lastReceivedAtMs)),
      chance: chanceCounts({ preset, athletes: rows.filter(isJudged).length, own }),
      news: countToLookAt(rows.map(({ section, episode }) => ({ section, isNew: episode?.isNew === true }))),
      counts: countsOf(rows),
      morning: await viewMorning(ctx, { squad, userId, date, today, rows, stored }),
    };
  });
}

function groupsOf(rows: readonly SquadRow[]): string[] {
  const names = rows.flatMap((row) => row.groupName ?? []);
  return [...new Set(names)].toSorted((a, b) => a.localeCompare(b));
}

function arrivalOf(rows: readonly SquadRow[], { date, timeZone }: { date: CivilDate; timeZone: string }) {
  // The morning's offset stands for the whole day: nights arrive after the clocks have changed.
  const day = {
    date,
    offsetMinutes: utcOffsetMinutes(instantOf({ date, time: "06:00", timeZone }), timeZone),
  };
  const sharing = rows.filter((row) => row.standing.kind !== "stopped");
  const received = sharing.flatMap((row) => row.receivedAtMs ?? []);
  return {
    needAction: sharing.filter((row) => row.needs !== null).length,
    arrivals: received.flatMap((at) => minuteOn(at, day) ?? []),
  };
}

/** By the count of the morning's mail. Those of whom none is expected share all the same: readings, a pause, few nights. */
async function nightsOf(
  ctx: Context,
  of: { squadId: string; date: CivilDate; rows: readonly SquadRow[] },
): Promise<SquadView["nights"]> {
  const streams = morningStreams(allStreams(ctx.providers));
  const { nightsIn, expected } = await countNights(ctx.db, { ...of, cycleAt: null, streams });
  const sharing = of.rows.filter(({ standing }) => standing.kind !== "stopped").length;
  return { nightsIn, expected, notExpected: Math.max(0, sharing - expected) };
}

/** Local minutes after midnight when `atMs` is on the day; a night may arrive days later, which is no arrival of that morning. */
function minuteOn(
  atMs: number,
  { date, offsetMinutes }: { date: CivilDate; offsetMinutes: number },
): number | null {
  const minute = Math.floor(atMs / 60_000) + offsetMinutes - epochDayOf(date) * 1440;
  return minute >= 0 && minute < 1440 ? minute : null;
}

function latest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** Of those who share: who stopped has no verdict to wait for. */
function countsOf(rows: readonly SquadRow[]): SquadView["counts"] {
  const sharing = rows.filter(({ standing }) => standing.kind !== "stopped");
  const count = (level: SquadRow["level"]) => sharing.filter((row) => row.level === level).length;
  return Object.fromEntries(LEVELS.map((level) => [level, count(level)])) as SquadView["counts"];
}

/** What a coach narrowed the list to; all of it stands in the URL. */
type SquadFilter = {
  levels: readonly Level[];
  group: string | null;
  find: string;
  unseenOnly: boolean;
};

/** The rows a filter lets through. */
export function filtered(rows: readonly SquadRow[], filter: SquadFilter): SquadRow[] {
  const wanted = plain(filter.find);
  return rows.filter(
    (row) =>
      (filter.levels.length === 0 || filter.levels.includes(row.level)) &&
      (filter.group === null || row.groupName === filter.group) &&
      (wanted === "" || plain(row.name).includes(wanted)) &&
      (!filter.unseenOnly || (row.section === "look" && row.verdict === null)),
  );
}

// "elise" finds Élise.
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .trim()
    .toLowerCase();
}

/** `isBusy`: nobody has connected yet, or somebody's history is coming in, so that news are a matter of seconds. */
export type SquadVersion = { version: string; isBusy: boolean };

/** A text that changes whenever the squad's pages would: for asking cheaply whether to render again. @throws AppError `not-found` */
export async function squadVersion(of: { ctx: Context; input: { squadId: string } }): Promise<SquadVersion> {
  const { teamId } = requireCan(of.ctx, "squads.view");
  const found = await findSquadVersion(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
  if (!found) throw new AppError("not-found", "This squad is not there.");
  return found;
}
