import type { Stream } from "@/lib/wearables/stream";
import type { Resource } from "./normalise/payload";

/** Names of Polar's streams. */
export type PolarStreamId =
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

/** The three AccessLink transaction families: path segment, list key, notification type, and what an item is known by. */
export type TransactionFamily = {
  path: "exercise-transactions" | "activity-transactions" | "physical-information-transactions";
  listKey: "exercises" | "activity-log" | "physical-informations";
  dataType: WebhookEvent;
  resource: Resource;
  /** The key that is documented beside the id; one of the two makes an object an item. */
  namedBy: "start-time" | "date" | "created";
};

/** A row of the table with what only AccessLink has. */
export type PolarStream = Stream & {
  id: PolarStreamId;
  partOf: PolarStreamId | null;
  family: TransactionFamily | null;
  webhookEvents: readonly WebhookEvent[];
};

const exerciseFamily = {
  path: "exercise-transactions",
  listKey: "exercises",
  dataType: "EXERCISE",
  resource: "transaction-exercise",
  namedBy: "start-time",
} satisfies TransactionFamily;
const activityFamily = {
  path: "activity-transactions",
  listKey: "activity-log",
  dataType: "ACTIVITY_SUMMARY",
  resource: "transaction-activity",
  namedBy: "date",
} satisfies TransactionFamily;
const physicalFamily = {
  path: "physical-information-transactions",
  listKey: "physical-informations",
  dataType: "PHYSICAL_INFORMATION",
  resource: "physical-info",
  namedBy: "created",
} satisfies TransactionFamily;

/**
 * Polar's table of streams: what is fetched, how, how often, how far back, and under which consent line.
 * What it does not list is not fetched. The order is the order of syncing: what readiness needs first comes first.
 * Facts from Polar's AccessLink v3 documentation (www.polar.com/accesslink-api).
 */
export const STREAMS: readonly PolarStream[] = [
  {
    id: "nightly-recharge",
    partOf: null,
    delivery: "window",
    family: null,
    endpoints: ["GET /v3/users/nightly-recharge"],
    cadence: "morning",
    requestsPerCycle: 1,
    history: { days: 28, beforeConnection: true, countedIn: "nights" },
    choice: "default",
    consentKey: "nightlyRecharge",
    brings: "night",
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
    history: { days: 28, beforeConnection: true, countedIn: "nights" },
    choice: "default",
    consentKey: "sleep",
    brings: "sleep",
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
    history: { days: 90, beforeConnection: true, countedIn: "days" },
    choice: "default",
    consentKey: "cardioLoad",
    brings: "daily-load",
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
    history: { days: 30, beforeConnection: false, countedIn: "days" },
    choice: "default",
    consentKey: "exercises",
    brings: "workout",
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
    history: { days: 30, beforeConnection: false, countedIn: "days" },
    choice: "default",
    consentKey: "exerciseDetails",
    brings: "workout",
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
    history: { days: 0, beforeConnection: false, countedIn: "days" },
    choice: "default",
    consentKey: "physicalInfo",
    brings: "physical-info",
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
    history: { days: 0, beforeConnection: true, countedIn: "days" },
    choice: "default",
    consentKey: "physicalProfile",
    brings: "physical-info",
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
    history: { days: 30, beforeConnection: false, countedIn: "days" },
    choice: "default",
    consentKey: "activities",
    brings: "daily-activity",
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
    history: { days: 90, beforeConnection: true, countedIn: "days" },
    choice: "default",
    consentKey: "activityDetails",
    brings: "daily-activity",
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
    history: { days: 30, beforeConnection: false, countedIn: "days" },
    choice: "optional",
    consentKey: "routes",
    brings: "workout",
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
    history: { days: 28, beforeConnection: true, countedIn: "days" },
    choice: "optional",
    consentKey: "continuousHeartRate",
    brings: "heart-rate-day",
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
    history: { days: 28, beforeConnection: true, countedIn: "nights" },
    choice: "optional",
    consentKey: "sleepWise",
    brings: "measurement",
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
    history: { days: 28, beforeConnection: true, countedIn: "days" },
    choice: "optional",
    consentKey: "biosensing",
    brings: "measurement",
    webhookEvents: [],
  },
];
