import type { HistoryChoice } from "@/lib/consent";
import { STREAMS, type Stream, type StreamId } from "@/lib/polar/streams";
import { addDays, type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

/** Days of history a consent covers at most when the athlete chose to share history, whatever Polar would give. */
export const HISTORY_DAYS = 90;

/** What is kept of one stream: items of this civil day and later; `undated`: also what names no day. */
export type Bound = { from: CivilDate; undated: boolean };

/** What of a consent decides what is kept. */
export type Consented = {
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
