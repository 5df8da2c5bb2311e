import type { Delivery } from "@/lib/wearables/connection";

export type StreamId =
  | "nightly-recharge"
  | "sleep"
  | "cardio-load"
  | "exercises"
  | "exercise-details"
  | "activities"
  | "activity-details"
  | "physical-info"
  | "physical-profile"
  | "continuous-heart-rate"
  | "sleepwise"
  | "biosensing"
  | "routes";

/** What a morning brings. */
export const MORNING_STREAMS = [
  "nightly-recharge",
  "sleep",
  "cardio-load",
] as const satisfies readonly StreamId[];

/** The seven events of Polar's webhooks (www.polar.com/accesslink-api, "Webhooks"). */
export const WEBHOOK_EVENTS = [
  "EXERCISE",
  "SLEEP",
  "CONTINUOUS_HEART_RATE",
  "SLEEP_WISE_CIRCADIAN_BEDTIME",
  "SLEEP_WISE_ALERTNESS",
  "ACTIVITY_SUMMARY",
  "PHYSICAL_INFORMATION",
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** The three AccessLink transaction families: path segment, list key and notification type. */
export type TransactionFamily = {
  path: "exercise-transactions" | "activity-transactions" | "physical-information-transactions";
  listKey: "exercises" | "activity-log" | "physical-informations";
  dataType: WebhookEvent;
};

export type Stream = {
  id: StreamId;
  /** A companion is consented to with its main stream and has no consent line of its own. */
  partOf: StreamId | null;
  delivery: Delivery;
  family: TransactionFamily | null;
  /** What is asked, as in Polar's documentation; `{…}` stands for values. */
  endpoints: readonly string[];
  /** What makes the stream due: Polar's notice, the athlete's morning, its main stream having brought news, or the day. */
  cadence: "on-notice" | "morning" | "after-main" | "daily";
  /** Streams whose news change what this one says: it is read again after them. */
  restsOn?: readonly StreamId[];
  /** Requests of a cycle with news, without the items of a transaction. */
  requestsPerCycle: number;
  /** Days Polar offers at connection, and whether these include days before the connection. */
  history: { days: number; beforeConnection: boolean };
  choice: "default" | "optional";
  /** Key of the stream's line in the consent text (`messages/<locale>/consent.json`, `streams.<key>`). */
  consentKey: string;
  webhookEvents: readonly WebhookEvent[];
};

const exerciseFamily = {
  path: "exercise-transactions",
  listKey: "exercises",
  dataType: "EXERCISE",
} satisfies TransactionFamily;
const activityFamily = {
  path: "activity-transactions",
  listKey: "activity-log",
  dataType: "ACTIVITY_SUMMARY",
} satisfies TransactionFamily;
const physicalFamily = {
  path: "physical-information-transactions",
  listKey: "physical-informations",
  dataType: "PHYSICAL_INFORMATION",
} satisfies TransactionFamily;

/**
 * The one table of streams: what is fetched, how, how often, how far back, and under which consent line.
 * What it does not list is not fetched. The order is the order of syncing: what readiness needs first comes first.
 * Facts from Polar's AccessLink v3 documentation (www.polar.com/accesslink-api).
 */
export const STREAMS: readonly Stream[] = [
  {
    id: "nightly-recharge",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/users/nightly-recharge"],
    cadence: "morning",
    requestsPerCycle: 1,
    history: { days: 28, beforeConnection: true },
    choice: "default",
    consentKey: "nightlyRecharge",
    webhookEvents: ["SLEEP"],
  },
  {
    id: "sleep",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/users/sleep"],
    cadence: "morning",
    requestsPerCycle: 1,
    history: { days: 28, beforeConnection: true },
    choice: "default",
    consentKey: "sleep",
    webhookEvents: ["SLEEP"],
  },
  {
    id: "cardio-load",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/users/cardio-load/period/days/{days}"],
    cadence: "morning",
    restsOn: ["exercises"],
    requestsPerCycle: 1,
    history: { days: 90, beforeConnection: true },
    choice: "default",
    consentKey: "cardioLoad",
    webhookEvents: ["SLEEP", "EXERCISE"],
  },
  {
    id: "exercises",
    partOf: null,
    delivery: "transaction",
    family: exerciseFamily,
    endpoints: ["POST /v3/users/{user}/exercise-transactions", "GET /v3/exercises"],
    cadence: "on-notice",
    requestsPerCycle: 4,
    history: { days: 30, beforeConnection: false },
    choice: "default",
    consentKey: "exercises",
    webhookEvents: ["EXERCISE"],
  },
  {
    id: "exercise-details",
    partOf: "exercises",
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/exercises?samples=true&zones=true"],
    cadence: "after-main",
    requestsPerCycle: 1,
    history: { days: 30, beforeConnection: false },
    choice: "default",
    consentKey: "exerciseDetails",
    webhookEvents: ["EXERCISE"],
  },
  {
    id: "physical-info",
    partOf: null,
    delivery: "transaction",
    family: physicalFamily,
    endpoints: ["POST /v3/users/{user}/physical-information-transactions", "GET /v3/users/physical-info"],
    cadence: "on-notice",
    requestsPerCycle: 4,
    history: { days: 0, beforeConnection: false },
    choice: "default",
    consentKey: "physicalInfo",
    webhookEvents: ["PHYSICAL_INFORMATION"],
  },
  {
    id: "physical-profile",
    partOf: "physical-info",
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/users/physical-info"],
    cadence: "after-main",
    requestsPerCycle: 1,
    history: { days: 0, beforeConnection: true },
    choice: "default",
    consentKey: "physicalProfile",
    webhookEvents: ["PHYSICAL_INFORMATION"],
  },
  {
    id: "activities",
    partOf: null,
    delivery: "transaction",
    family: activityFamily,
    endpoints: [
      "POST /v3/users/{user}/activity-transactions",
      "GET /v3/users/activities?from={from}&to={to}",
    ],
    cadence: "on-notice",
    requestsPerCycle: 4,
    history: { days: 30, beforeConnection: false },
    choice: "default",
    consentKey: "activities",
    webhookEvents: ["ACTIVITY_SUMMARY"],
  },
  {
    id: "activity-details",
    partOf: "activities",
    delivery: "window",
    family: null,
    endpoints: [
      "GET /v3/users/activities?from={from}&to={to}&steps=true&activity_zones=true&inactivity_stamps=true",
    ],
    cadence: "after-main",
    requestsPerCycle: 1,
    history: { days: 90, beforeConnection: true },
    choice: "default",
    consentKey: "activityDetails",
    webhookEvents: ["ACTIVITY_SUMMARY"],
  },
  {
    id: "routes",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/exercises?route=true"],
    cadence: "daily",
    requestsPerCycle: 1,
    history: { days: 30, beforeConnection: false },
    choice: "optional",
    consentKey: "routes",
    webhookEvents: ["EXERCISE"],
  },
  {
    id: "continuous-heart-rate",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/users/continuous-heart-rate?from={from}&to={to}"],
    cadence: "daily",
    requestsPerCycle: 1,
    history: { days: 28, beforeConnection: true },
    choice: "optional",
    consentKey: "continuousHeartRate",
    webhookEvents: ["CONTINUOUS_HEART_RATE"],
  },
  {
    id: "sleepwise",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: [
      "GET /v3/users/sleepwise/alertness/date?from={from}&to={to}",
      "GET /v3/users/sleepwise/circadian-bedtime/date?from={from}&to={to}",
    ],
    cadence: "daily",
    requestsPerCycle: 2,
    history: { days: 28, beforeConnection: true },
    choice: "optional",
    consentKey: "sleepWise",
    webhookEvents: ["SLEEP_WISE_ALERTNESS", "SLEEP_WISE_CIRCADIAN_BEDTIME"],
  },
  {
    id: "biosensing",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: [
      "GET /v3/users/biosensing/bodytemperature?from={from}&to={to}",
      "GET /v3/users/biosensing/skintemperature?from={from}&to={to}",
      "GET /v3/users/biosensing/skincontacts?from={from}&to={to}",
      "GET /v3/users/biosensing/ecg?from={from}&to={to}",
      "GET /v3/users/biosensing/spo2?from={from}&to={to}",
    ],
    cadence: "daily",
    requestsPerCycle: 5,
    history: { days: 28, beforeConnection: true },
    choice: "optional",
    consentKey: "biosensing",
    webhookEvents: [],
  },
];

/** The streams a consent names, with their companions, in the order of syncing. Unknown names are left out. */
export function streamsOf(consented: readonly string[]): readonly Stream[] {
  return STREAMS.filter((stream) => consented.includes(stream.partOf ?? stream.id));
}

/** The streams that hold the details of a main stream, or stand in for it. */
export function companionsOf(stream: Stream): StreamId[] {
  return STREAMS.filter((other) => other.partOf === stream.id).map((other) => other.id);
}

/** The streams that are read again once a stream, or a companion of it, brought something new. */
export function followersOf(stream: Stream): StreamId[] {
  const main = stream.partOf ?? stream.id;
  return STREAMS.filter((other) => other.restsOn?.includes(main)).map((other) => other.id);
}
