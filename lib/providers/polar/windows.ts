import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { addDays, type CivilDate, daysBetween } from "@/lib/time/civil-date";
import type { Item, Window, WindowRequest } from "@/lib/wearables/connector";
import type { Outcome } from "@/lib/wearables/exchange";
import { CURRENT, dayOf } from "./day";
import { itemTexts } from "./items";
import type { Resource } from "./normalise/payload";
import { unexpected } from "./outcome";
import type { PolarStreamId } from "./streams";

/** One request of a window, and how its answer splits into items. */
type Asked = {
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
  singly?: readonly Asked[];
  /** Items left out, such as sessions without a route. */
  accepts?: (item: Record<string, unknown>) => boolean;
};

/** Days of cardio load asked for at first: as far back as any consent reaches. */
const FIRST_LOAD_DAYS = 90;

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

type Ranged = Omit<Asked, "target"> & { path: string; flags?: string; longest?: number };

function ranged(window: Window, { path, flags, longest, ...request }: Ranged): Asked[] {
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

const REQUESTS: Partial<Record<PolarStreamId, (window: Window) => Asked[]>> = {
  "nightly-recharge": () => [
    { target: "/v3/users/nightly-recharge", resource: "nightly-recharge", list: "recharges", keyOf: byDate },
  ],
  sleep: () => [{ target: "/v3/users/sleep", resource: "sleep", list: "nights", keyOf: byDate }],
  "cardio-load": ({ isFirst }) => [
    {
      target: `/v3/users/cardio-load/period/days/${isFirst ? FIRST_LOAD_DAYS : LONGEST_RANGE}`,
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
      list: { item: CURRENT },
      absence: 404,
      keyOf: () => CURRENT,
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

type Split = { text: string; json: Record<string, unknown> };

function isObject(json: unknown): json is Record<string, unknown> {
  return json !== null && typeof json === "object" && !Array.isArray(json);
}

function asItem(text: string, json: unknown): Split {
  return { text, json: isObject(json) ? json : {} };
}

/**
 * A list's elements: as the text they came as, and read. One that is no object is set aside later, as whatever cannot be
 * read; where none is one, the list was not what was asked for, and null.
 */
function listOf(text: string, json: unknown, key: string | null): Split[] | null {
  const texts = itemTexts(text, key);
  const values: unknown = key === null ? json : (json as Record<string, unknown> | null)?.[key];
  if (!texts || !Array.isArray(values) || values.length !== texts.length) return null;
  if (values.length > 0 && !values.some(isObject)) return null;
  return texts.map((one, at) => asItem(one, values[at]));
}

function isAbsence(outcome: Outcome, { absence }: Asked): boolean {
  return (absence === 404 && outcome.kind === "missing") || (absence === 204 && outcome.kind === "empty");
}

function notAsDocumented(): AppError {
  return new AppError("provider-failed", "Polar's answer held no list where one belongs.");
}

/** An answer in pieces, each with its exact text. @throws AppError `provider-failed` for whatever is not in its documented shape */
function split(outcome: Outcome, asked: Asked): Split[] {
  if (isAbsence(outcome, asked)) return [];
  if (outcome.kind !== "content") throw unexpected(outcome, "a list");
  const { text, json } = outcome;
  const { list, keyOf } = asked;
  if (list === null || typeof list === "string") {
    const items = listOf(text, json, list);
    if (!items) throw notAsDocumented();
    return items;
  }
  const single = asItem(text, json);
  const isItem = asked.isItem?.(single.json) ?? keyOf(single.json) !== undefined;
  if (!isItem) throw notAsDocumented();
  return [single];
}

function unnamed({ text }: Split): string {
  return `unnamed/${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

/** Where a resource writes when it begins: two of one date (a night and a nap) are told apart by it. */
const START_KEYS = ["sleep_start_time", "period_start_time", "start_time"] as const;

/** Items of one answer that share a key are not versions of each other: each gets a key of its own. */
function keysOf(items: readonly Split[], { keyOf }: Asked): string[] {
  const keys = items.map((item) => (keyOf(item.json) ?? unnamed(item)).slice(0, 200));
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return items.map(({ json }, at) => {
    const key = keys[at] as string;
    const start = START_KEYS.map((name) => json[name]).find((value) => typeof value === "string");
    return counts.get(key) === 1 || start === undefined ? key : `${key}/${start}`.slice(0, 200);
  });
}

function itemsOf(outcome: Outcome, asked: Asked): Item[] {
  const items = split(outcome, asked).filter(({ json }) => asked.accepts?.(json) ?? true);
  const keys = keysOf(items, asked);
  return items.map(({ text, json }, at) => {
    const providerKey = keys[at] as string;
    const day = providerKey === CURRENT ? "now" : dayOf(json);
    return { resource: asked.resource, providerKey, body: text, day };
  });
}

/** What to ask for one by one because a range's answer was one item or none, and no list. */
function singlyOf(outcome: Outcome, asked: Asked): readonly Asked[] {
  if (!asked.singly || typeof asked.list !== "string") return [];
  if (outcome.kind === "missing") return asked.singly;
  const json = outcome.kind === "content" ? outcome.json : null;
  const isItem = asked.keyOf(asItem("", json).json) !== undefined;
  return isItem ? asked.singly : [];
}

function requestOf(asked: Asked): WindowRequest {
  return {
    target: asked.target,
    read(outcome) {
      const singly = singlyOf(outcome, asked);
      if (singly.length > 0) return { items: [], more: singly.map(requestOf) };
      return { items: itemsOf(outcome, asked), more: [] };
    },
  };
}

/** The requests that cover a window of a stream, what is newest first. */
export function windowRequests(streamId: string, window: Window): WindowRequest[] {
  const requests: Partial<Record<string, (window: Window) => Asked[]>> = REQUESTS;
  return (requests[streamId]?.(window) ?? []).map(requestOf);
}
