import { findConnection } from "@/db/queries/connections";
import type { LedgerRow } from "@/db/queries/ledger";
import { hasNewsBeyond, type StreamStateRow } from "@/db/queries/stream-states";
import type { Context } from "@/lib/context";
import type { Resource } from "@/lib/providers/polar/normalise/payload";
import type { Stream, StreamId } from "@/lib/providers/polar/streams";
import { HISTORY_DAYS } from "@/lib/services/consents/bounds";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";

/** One request of a window, and how its answer splits into items. */
export type WindowRequest = {
  target: string;
  resource: Resource;
  /** Key of the list in the answer; null for a top-level array, `item` when the answer is one item. */
  list: string | null | { item: string };
  /** Polar's key of an item. */
  keyOf: (item: Record<string, unknown>) => string | undefined;
  /** How Polar documents "nothing there", besides an empty list; anywhere else such an answer is an error. */
  absence?: 404 | 204;
  /** Whether an answer that is one item has the documented shape; by default whatever has a key. */
  isItem?: (item: Record<string, unknown>) => boolean;
  /** What to ask when a range's answer is no list, as Polar's specification and its behaviour differ for heart rates. */
  singly?: readonly WindowRequest[];
  /** Items left out, such as sessions without a route. */
  accepts?: (item: Record<string, unknown>) => boolean;
};

export type Window = { from: CivilDate; to: CivilDate; isFirst: boolean };

/** Polar's longest range of one request. */
const LONGEST_RANGE = 28;

const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

const byDate = (item: Record<string, unknown>) => text(item.date);

const byId = (item: Record<string, unknown>) =>
  text(item.id) ?? (typeof item.id === "number" ? String(item.id) : undefined);

const byDay = (item: Record<string, unknown>) => text(item.start_time)?.slice(0, 10);

const byStart = (item: Record<string, unknown>) => text(item.period_start_time) ?? text(item.start_time);

const byTest = (item: Record<string, unknown>) =>
  typeof item.test_time === "number" ? `${item.test_time}/${text(item.source_device_id) ?? ""}` : undefined;

const bySource = (item: Record<string, unknown>) => {
  const start = byStart(item);
  return start && `${start}/${text(item.source_device_id) ?? ""}/${text(item.measurement_type) ?? ""}`;
};

/** The window in pieces that Polar answers at once, newest first. */
function pieces({ from, to }: Window, longest: number): { from: CivilDate; to: CivilDate }[] {
  const list: { from: CivilDate; to: CivilDate }[] = [];
  for (let end = to; daysBetween(from, end) >= 0; end = addDays(end, -longest)) {
    const start = addDays(end, 1 - longest);
    list.push({ from: start < from ? from : start, to: end });
  }
  return list;
}

type Ranged = Omit<WindowRequest, "target"> & { path: string; flags?: string; longest?: number };

function ranged(window: Window, { path, flags, longest, ...request }: Ranged): WindowRequest[] {
  return pieces(window, longest ?? LONGEST_RANGE).map(({ from, to }) => ({
    ...request,
    target: `${path}?from=${from}&to=${to}${flags ?? ""}`,
  }));
}

function daysOf(from: CivilDate, to: CivilDate): CivilDate[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, day) => addDays(to, -day));
}

const heartRate = { resource: "heart-rate-day", keyOf: byDate } as const;

/** Any of what `GET /v3/users/physical-info` documents. */
const PHYSICAL_KEYS = [
  "weight",
  "height",
  "created",
  "modified",
  "birthday",
  "gender",
  "maximum_heart_rate",
  "resting_heart_rate",
  "vo2_max",
];

const exercises = { resource: "exercise", list: null, keyOf: byId } as const;

const biosensing: Ranged[] = [
  { path: "/v3/users/biosensing/bodytemperature", resource: "body-temperature", list: null, keyOf: bySource },
  {
    path: "/v3/users/biosensing/skintemperature",
    resource: "skin-temperature",
    list: null,
    keyOf: (item) => text(item.sleep_date),
  },
  { path: "/v3/users/biosensing/skincontacts", resource: "skin-contact", list: null, keyOf: bySource },
  { path: "/v3/users/biosensing/ecg", resource: "ecg", list: null, keyOf: byTest },
  { path: "/v3/users/biosensing/spo2", resource: "spo2", list: null, keyOf: byTest },
];

const REQUESTS: Partial<Record<StreamId, (window: Window) => WindowRequest[]>> = {
  "nightly-recharge": () => [
    { target: "/v3/users/nightly-recharge", resource: "nightly-recharge", list: "recharges", keyOf: byDate },
  ],
  sleep: () => [{ target: "/v3/users/sleep", resource: "sleep", list: "nights", keyOf: byDate }],
  "cardio-load": ({ isFirst }) => [
    {
      target: `/v3/users/cardio-load/period/days/${isFirst ? HISTORY_DAYS : LONGEST_RANGE}`,
      resource: "cardio-load-day",
      list: null,
      keyOf: byDate,
    },
  ],
  "exercise-details": () => [{ ...exercises, target: "/v3/exercises?samples=true&zones=true" }],
  routes: () => [
    {
      ...exercises,
      target: "/v3/exercises?route=true",
      accepts: (item) => Array.isArray(item.route) && item.route.length > 0,
    },
  ],
  "physical-profile": () => [
    {
      target: "/v3/users/physical-info",
      resource: "physical-info",
      list: { item: "current" },
      absence: 404,
      keyOf: () => "current",
      isItem: (item) => PHYSICAL_KEYS.some((key) => key in item),
    },
  ],
  "activity-details": (window) =>
    ranged(window, {
      path: "/v3/users/activities",
      flags: "&steps=true&activity_zones=true&inactivity_stamps=true",
      resource: "activity-day",
      list: null,
      keyOf: byDay,
    }),
  "continuous-heart-rate": (window) =>
    pieces(window, 7).map(({ from, to }) => ({
      ...heartRate,
      list: "heart_rates",
      target: `/v3/users/continuous-heart-rate?from=${from}&to=${to}`,
      singly: daysOf(from, to).map((date) => ({
        ...heartRate,
        list: { item: "day" },
        absence: 404,
        target: `/v3/users/continuous-heart-rate/${date}`,
      })),
    })),
  sleepwise: (window) => [
    ...ranged(window, {
      path: "/v3/users/sleepwise/alertness/date",
      resource: "alertness",
      list: null,
      keyOf: byStart,
      absence: 204,
    }),
    ...ranged(window, {
      path: "/v3/users/sleepwise/circadian-bedtime/date",
      resource: "circadian-bedtime",
      list: null,
      keyOf: byStart,
      absence: 204,
    }),
  ],
  biosensing: (window) => biosensing.flatMap((kind) => ranged(window, { ...kind, absence: 204 })),
};

/** The requests that cover a window of a stream, what is newest first. */
export function windowRequests(stream: Stream, window: Window): WindowRequest[] {
  return REQUESTS[stream.id]?.(window) ?? [];
}

/**
 * Whether a stream has news that no transaction brought: Polar told of it after the last transaction was opened, or
 * the plain collection has shown it since the last one ended.
 * @param input.last the stream's latest transaction
 */
export async function hasNews(
  ctx: Context,
  input: { athleteId: string; stream: Stream; state: StreamStateRow; last: LedgerRow | undefined },
): Promise<boolean> {
  const { athleteId, stream, state, last } = input;
  const since = last?.openedAt ?? (await findConnection(ctx.db, athleteId))?.connectedAt;
  if (!since) return false;
  if (state.newsAt && state.newsAt > since) return true;
  return hasNewsBeyond(ctx.db, { athleteId, stream: stream.id, since: last?.committedAt ?? since });
}
