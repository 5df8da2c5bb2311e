import { STREAMS, type Stream } from "@/lib/polar/streams";
import { addDays, type CivilDate } from "@/lib/time/civil-date";

/** Days of a pause that Polar keeps no longer, for one line of the consent text. */
export type Gap = { line: string; from: CivilDate; to: CivilDate };

/**
 * What stays missing when sharing goes on today after a pause: Polar keeps each kind of data for so many days
 * (AccessLink documentation, as in the table of streams). Streams without history have no gap; the latest state comes.
 */
export function gapsOf(of: { pausedOn: CivilDate; today: CivilDate; streams: readonly string[] }): Gap[] {
  return STREAMS.filter((stream) => stream.partOf === null && of.streams.includes(stream.id)).flatMap(
    (stream) => {
      const days = daysKept(stream);
      const to = addDays(of.today, -days);
      return days === 0 || to < of.pausedOn ? [] : [{ line: stream.consentKey, from: of.pausedOn, to }];
    },
  );
}

function daysKept(stream: Stream): number {
  const family = STREAMS.filter(({ id, partOf }) => id === stream.id || partOf === stream.id);
  return Math.max(...family.map(({ history }) => history.days));
}
