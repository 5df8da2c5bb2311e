import type { Sleep } from "./types";

/** A recorded sleep with the moment at which it was fetched, ms since 1970. */
export type FetchedSleep = { sleep: Sleep; fetchedMs: number };

const MINUTE_MS = 60_000;
/** What is shorter and begins by day is a nap, though no night of that date may be there (yet). */
const NAP_MS = 2 * 3_600_000;
const DAYTIME = { fromHour: 9, toHour: 20 };

const startMs = ({ sleep }: FetchedSleep) => Date.parse(sleep.startAt);
const endMs = ({ sleep }: FetchedSleep) => Date.parse(sleep.endAt);
const lengthMs = (it: FetchedSleep) => endMs(it) - startMs(it);
const lookOf = ({ fetchedMs }: FetchedSleep) => Math.floor(fetchedMs / MINUTE_MS);
const overlap = (a: FetchedSleep, b: FetchedSleep) => startMs(a) < endMs(b) && startMs(b) < endMs(a);

/** Two versions of one recording: they overlap, and share their start, their end or the device. */
function isSameRecording(a: FetchedSleep, b: FetchedSleep): boolean {
  const near = (x: number, y: number) => Math.abs(x - y) <= MINUTE_MS;
  const device = a.sleep.deviceId;
  return (
    overlap(a, b) &&
    (near(startMs(a), startMs(b)) ||
      near(endMs(a), endMs(b)) ||
      (device !== null && device === b.sleep.deviceId))
  );
}

/** Keeps those that no earlier one of the list stands for. */
function kept(
  ordered: readonly FetchedSleep[],
  standsFor: (a: FetchedSleep, b: FetchedSleep) => boolean,
): FetchedSleep[] {
  const list: FetchedSleep[] = [];
  for (const one of ordered) if (!list.some((other) => standsFor(other, one))) list.push(one);
  return list;
}

const byText = (a: FetchedSleep, b: FetchedSleep) =>
  JSON.stringify(a.sleep) < JSON.stringify(b.sleep) ? -1 : 1;
const latestFirst = (a: FetchedSleep, b: FetchedSleep) =>
  lookOf(b) - lookOf(a) || lengthMs(b) - lengthMs(a) || byText(a, b);
const longestFirst = (a: FetchedSleep, b: FetchedSleep) => lengthMs(b) - lengthMs(a) || latestFirst(a, b);

function isByDay(it: FetchedSleep): boolean {
  const hour = new Date(startMs(it) + it.sleep.utcOffsetMinutes * MINUTE_MS).getUTCHours();
  return hour >= DAYTIME.fromHour && hour < DAYTIME.toHour;
}

/**
 * Which of all sleeps of one civil date was the night, and which were naps, whatever the order they came in. Of several
 * versions of one recording the latest counts (a night may be sent again, longer or corrected), of two devices in one
 * night the longer recording; the longest of what is left is the night. A short sleep by day is never a night.
 */
export function sleepsOfDate<T extends FetchedSleep>(found: readonly T[]): { night: T | null; naps: T[] } {
  const versions = kept(found.toSorted(latestFirst), isSameRecording);
  const sleeps = kept(versions.toSorted(longestFirst), overlap) as T[];
  const [longest] = sleeps;
  const night = longest && !(lengthMs(longest) < NAP_MS && isByDay(longest)) ? longest : null;
  const naps = sleeps.filter((one) => one !== night).toSorted((a, b) => startMs(a) - startMs(b));
  return { night, naps };
}
