import { exportPayloads } from "@/db/queries/export";
import { deletePayloads } from "@/db/queries/retention";
import type { HistoryChoice } from "@/lib/consent";
import type { Context } from "@/lib/context";
import { STREAMS, type Stream, type StreamId, streamsOf } from "@/lib/providers/polar/streams";
import { recordEvents } from "@/lib/services/events/outbox";
import { addDays, type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

/** Days of history a consent covers at most when the athlete chose to share history, whatever Polar would give. */
export const HISTORY_DAYS = 90;

/** What is kept of one stream: items of this civil day and later; `undated`: also what names no day. */
export type Bound = { from: CivilDate; undated: boolean };

/** What of a consent decides what is kept. */
type Consented = {
  streams: readonly string[];
  history: HistoryChoice;
  acceptedAt: Date;
  /** As recorded with the consent; null in those recorded before it was. */
  sharesFrom: Record<string, string> | null;
};

function firstDay(of: { history: HistoryChoice; acceptedAt: Date; timeZone: string }): CivilDate {
  const day = civilDateIn(of.acceptedAt, of.timeZone);
  return of.history === "from-now" ? day : addDays(day, -HISTORY_DAYS);
}

/**
 * The first day shared of each stream, to be recorded with a consent: ninety days back or from the day of agreement, as
 * the text says. Streams agreed to earlier keep their day.
 */
export function sharesFromOf(of: {
  streams: readonly string[];
  history: HistoryChoice;
  acceptedAt: Date;
  timeZone: string;
  earlier?: Record<string, string>;
}): Record<string, CivilDate> {
  const day = firstDay(of);
  return Object.fromEntries(of.streams.map((stream) => [stream, of.earlier?.[stream] ?? day]));
}

/** What every stream of a consent is bounded by; a companion by its main stream's line. */
export function boundsOf(consent: Consented, timeZone: string): Record<StreamId, Bound> {
  const usual = firstDay({ ...consent, timeZone });
  const boundOf = (stream: Stream): Bound => {
    const recorded = consent.sharesFrom?.[stream.partOf ?? stream.id];
    return { from: isCivilDate(recorded) ? recorded : usual, undated: consent.history === "with-history" };
  };
  return Object.fromEntries(STREAMS.map((stream) => [stream.id, boundOf(stream)])) as Record<StreamId, Bound>;
}

/** Where Polar's resources write the day they belong to, in the order of preference. */
const DATE_KEYS = [
  "date",
  "sleep_date",
  "start-time",
  "start_time",
  "period_start_time",
  "modified",
  "created",
] as const;

const MS_PER_DAY = 86_400_000;

/** The civil day an item belongs to; null when it says none. */
export function dayOf(json: unknown): CivilDate | null {
  if (json === null || typeof json !== "object") return null;
  const item = json as Record<string, unknown>;
  for (const key of DATE_KEYS) {
    const day = typeof item[key] === "string" ? item[key].slice(0, 10) : null;
    if (isCivilDate(day)) return day;
  }
  const seconds = item.test_time;
  if (typeof seconds !== "number" || !Number.isFinite(seconds) || Math.abs(seconds) > 4e9) return null;
  return new Date(Math.floor((seconds * 1000) / MS_PER_DAY) * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Whether the athlete shares an item's day. One that names no day is shared only along with history. */
export function isShared(json: unknown, bound: Bound): boolean {
  const day = dayOf(json);
  return day === null ? bound.undated : day >= bound.from;
}

const AT_A_TIME = 50;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * What an athlete shared under an earlier consent and the present one does not cover goes: streams not asked for any
 * more, and days from before the first one shared. Called by verbs that connect somebody again, in their transaction.
 */
export async function trimToConsent(
  ctx: Context,
  of: { teamId: string; athleteId: string; consent: Consented; timeZone: string },
): Promise<void> {
  const { consent, timeZone, ...who } = of;
  const bounds = boundsOf(consent, timeZone);
  const covered = new Map(streamsOf(consent.streams).map(({ id }) => [id as string, bounds[id]]));
  const ids: string[] = [];
  for (let afterId: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof exportPayloads>> = await exportPayloads(ctx.db, {
      ...who,
      afterId,
      limit: AT_A_TIME,
    });
    for (const { id, stream, providerKey, body } of page) {
      const bound = covered.get(stream);
      const isNow = providerKey === "current";
      if (!bound || !(isNow || isShared(parsed(body), bound))) ids.push(id);
    }
    if (page.length < AT_A_TIME) break;
    afterId = page.at(-1)?.id ?? null;
  }
  if (ids.length === 0) return;
  await deletePayloads(ctx.db, { ...who, ids });
  const { athleteId } = who;
  await recordEvents(ctx, [
    { name: "athlete/reprocess.requested", data: { athleteId } },
    { name: "athlete/day.changed", data: { athleteId } },
  ]);
}
