import { listMailsOfDay } from "@/db/queries/morning-news";
import { countNights, findMorning, type SquadMorning } from "@/db/queries/mornings";
import { listAwakeSpans } from "@/db/queries/operation";
import type { SquadViewRow } from "@/db/queries/squad-morning";
import type { squads } from "@/db/schema/squad";
import type { NewsKind } from "@/lib/alerts/frozen";
import { morningHours } from "@/lib/alerts/morning-time";
import type { Context } from "@/lib/context";
import { gatherNews } from "@/lib/services/news/tell";
import type { CivilDate } from "@/lib/time/civil-date";
import { allStreams } from "@/lib/wearables/connector";
import { morningStreams } from "@/lib/wearables/stream";
import type { SquadRow } from "./row";

/** How a squad's morning stands, as its page says it. */
export type MorningView =
  /** Nobody knows: a day before there was a record, or before anybody was connected. */
  | { kind: "unknown" }
  | { kind: "before"; atMs: number }
  | { kind: "waiting"; nightsIn: number; expected: number; latestAtMs: number }
  /** Its time has come, and the jobs have given no sign of life since; null when they never have. */
  | { kind: "silent"; sinceMs: number | null }
  | {
      kind: "decided";
      atMs: number;
      /** Null where nobody counted. */
      nights: { nightsIn: number; expected: number } | null;
      /** When the jobs had stopped, where that made it late. */
      downFromMs: number | null;
      mailed: number;
      failed: number;
      later: LaterView;
    }
  | { kind: "missed"; fromMs: number | null; untilMs: number | null };

/** What opened after the morning's mail: how many coaches were mailed of it, and who is in no mail of the day. */
type LaterView = { mailed: number; untold: string[]; isOpen: boolean };

/** Jobs look every minute; after so long without a sign of life they do not run. */
const SILENT_MINUTES = 10;

type Looked = {
  squad: typeof squads.$inferSelect;
  userId: string;
  date: CivilDate;
  today: CivilDate;
  rows: readonly SquadRow[];
  stored: readonly Pick<SquadViewRow, "athleteId" | "scoredAtMs" | "connectedAtMs">[];
};

/** The state of the morning of a day. Called by verbs that checked their caller. */
export async function viewMorning(ctx: Context, looked: Looked): Promise<MorningView> {
  const { squad, date, today } = looked;
  const { teamId, id: squadId, timeZone, mailTime, latestMinutes } = squad;
  const row = await findMorning(ctx.db, { teamId, squadId, date });
  const hours = morningHours({ date, timeZone, mailTime, latestMinutes });
  if (row?.state === "missed")
    return { kind: "missed", fromMs: msOf(row.downFrom), untilMs: msOf(row.downUntil) };
  if (row) return decidedView(ctx, looked, { row, isOpen: ctx.now.getTime() < hours.closesAtMs });
  const isShared = looked.stored.some(
    ({ connectedAtMs }) => (connectedAtMs ?? Number.POSITIVE_INFINITY) <= hours.mailAtMs,
  );
  if (date !== today || !isShared) return { kind: "unknown" };
  if (ctx.now.getTime() < hours.mailAtMs) return { kind: "before", atMs: hours.mailAtMs };
  const [span] = await listAwakeSpans(ctx.db, { limit: 1 });
  const silentMs = ctx.now.getTime() - (span?.until.getTime() ?? 0);
  if (silentMs > SILENT_MINUTES * 60_000) return { kind: "silent", sinceMs: msOf(span?.until ?? null) };
  const streams = morningStreams(allStreams(ctx.providers));
  const { nightsIn, expected } = await countNights(ctx.db, { squadId, date, cycleAt: null, streams });
  const lateMs = Math.max(0, (span?.from.getTime() ?? 0) - hours.mailAtMs);
  const latestAtMs = Math.min(hours.latestAtMs + lateMs, hours.closesAtMs);
  return { kind: "waiting", nightsIn, expected, latestAtMs };
}

async function decidedView(
  ctx: Context,
  looked: Looked,
  { row, isOpen }: { row: SquadMorning; isOpen: boolean },
): Promise<MorningView> {
  const mails = await listMailsOfDay(ctx.db, row);
  const failed = mails.filter(({ state }) => state === "failed").length;
  const count = (kind: NewsKind) =>
    mails.filter((mail) => mail.kind === kind && mail.state !== "failed").length;
  const { nightsIn, nightsExpected: expected } = row;
  return {
    kind: "decided",
    atMs: row.settledAt.getTime(),
    nights: nightsIn === null || expected === null ? null : { nightsIn, expected },
    downFromMs: msOf(row.downFrom),
    mailed: count("morning"),
    failed,
    later: { mailed: count("later-today"), untold: await untoldNames(ctx, looked, row), isOpen },
  };
}

/** Athletes whose episode opened or rose after the morning was decided, and whom no mail to this coach has told of. */
async function untoldNames(ctx: Context, looked: Looked, { settledAt }: SquadMorning): Promise<string[]> {
  const { squad, userId, date } = looked;
  const late = looked.stored.filter(({ scoredAtMs }) => (scoredAtMs ?? 0) > settledAt.getTime());
  const lateIds = new Set(late.map(({ athleteId }) => athleteId));
  const opened = looked.rows.filter(({ athleteId, episode }) => lateIds.has(athleteId) && episode?.isNew);
  if (opened.length === 0) return [];
  const input = { teamId: squad.teamId, squadId: squad.id, date, userId, kind: "later-today" as const };
  const { news } = await gatherNews(ctx, input);
  const untold = new Set([...news.opened, ...news.escalated].map(({ athleteId }) => athleteId));
  return opened.filter(({ athleteId }) => untold.has(athleteId)).map(({ name }) => name);
}

const msOf = (at: Date | null): number | null => at?.getTime() ?? null;
