import { exportPayloads } from "@/db/queries/export";
import { deletePayloads } from "@/db/queries/retention";
import type { HistoryChoice } from "@/lib/consent";
import type { Context } from "@/lib/context";
import { recordEvents } from "@/lib/services/events/outbox";
import { addDays, type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { allStreams, connectorOfStream, type ItemDay } from "@/lib/wearables/connector";
import { type Stream, streamsOf } from "@/lib/wearables/stream";

/** Days of history a consent covers at most when the athlete chose to share history, whatever a provider would give. */
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

/** What each stream of a consent is bounded by; a companion by its main stream's line. */
export function boundsOf(consent: Consented, timeZone: string): (stream: Stream) => Bound {
  const usual = firstDay({ ...consent, timeZone });
  const undated = consent.history === "with-history";
  return ({ id, partOf }) => {
    const recorded = consent.sharesFrom?.[partOf ?? id];
    return { from: isCivilDate(recorded) ? recorded : usual, undated };
  };
}

/**
 * Whether the athlete shares an item's day. One that names no day is shared only along with history; of what holds now
 * there is no earlier state to leave alone.
 */
export function isShared(day: ItemDay, bound: Bound): boolean {
  if (day === "now") return true;
  return day === null ? bound.undated : day >= bound.from;
}

const AT_A_TIME = 50;

/**
 * What an athlete shared under an earlier consent and the present one does not cover goes: streams not asked for any
 * more, and days from before the first one shared. Called by verbs that connect somebody again, in their transaction.
 */
export async function trimToConsent(
  ctx: Context,
  of: { teamId: string; athleteId: string; consent: Consented; timeZone: string },
): Promise<void> {
  const { consent, timeZone, ...who } = of;
  const boundOf = boundsOf(consent, timeZone);
  const shared = streamsOf(allStreams(ctx.providers), consent.streams);
  const covered = new Map(shared.map((stream) => [stream.id, boundOf(stream)]));
  const ids: string[] = [];
  for (let afterId: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof exportPayloads>> = await exportPayloads(ctx.db, {
      ...who,
      afterId,
      limit: AT_A_TIME,
    });
    for (const { id, stream, ...payload } of page) {
      const bound = covered.get(stream);
      const day = connectorOfStream(ctx.providers, stream)?.dayOf(payload) ?? null;
      if (!bound || !isShared(day, bound)) ids.push(id);
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
