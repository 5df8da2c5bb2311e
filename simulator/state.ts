import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { CivilDate } from "./civil";
import type { ClockSetting } from "./clock";
import type { Knobs } from "./knobs";
import { defaultKnobs } from "./knobs";
import type { Athlete } from "./scenario";

export type Family = "exercise" | "activity" | "physical";

export type Code = {
  clientId: string;
  login: string;
  redirectUri: string | null;
  issuedAt: number;
  used: boolean;
};
export type Token = { clientId: string; login: string; code: string | null };
export type Registration = { clientId: string; login: string; memberId: string; registeredAt: number };
export type Transaction = {
  id: number;
  clientId: string;
  login: string;
  family: Family;
  itemIds: number[];
  openedAt: number;
  /** How often it was read: its list and its items. */
  reads: number;
  status: "open" | "committed" | "lapsed";
};

/** What a person added to an athlete's days on the console or through the control API. */
type AddedNight = {
  uploadedAt: number;
  rmssdMs: number | null;
  sleepHours: number;
  restingHr?: number;
};
export type AddedSession = {
  id: number;
  uploadedAt: number;
  date: CivilDate;
  startMinute: number;
  minutes?: number;
  cardioLoad: number;
  sport: string;
  strap?: boolean;
  /** The number under which it was first uploaded: an edit gives a new one, its hash stays. */
  firstId?: number;
};
export type AddedWeight = { id: number; uploadedAt: number; weightKg: number };
export type AddedActivity = { revision: number; uploadedAt: number; steps?: number };
export type Added = {
  nights: Record<CivilDate, AddedNight>;
  nightsRemoved: CivilDate[];
  sessions: AddedSession[];
  weights: AddedWeight[];
  activity: Record<CivilDate, AddedActivity>;
};

export type Webhook = {
  id: string;
  clientId: string;
  url: string;
  events: string[];
  secret: string;
  active: boolean;
  /** Since when no delivery has succeeded; after seven days of it Polar deactivates. */
  failingSince: number | null;
};
export type Delivery = {
  id: number;
  webhookId: string;
  event: string;
  login: string | null;
  body: string;
  attempts: number;
  status: "waiting" | "delivered" | "failed" | "lost";
  lastStatus: number | string | null;
  createdAt: number;
};

export type State = {
  version: 1;
  scenario: string;
  /** The instant the stories are told from: their "today". */
  startedAt: number;
  /** Until when natural uploads have been announced to the webhook. */
  announcedAt: number;
  clock: ClockSetting;
  knobs: Knobs;
  signUps: { athlete: Athlete; createdAt: number }[];
  codes: Record<string, Code>;
  tokens: Record<string, Token>;
  registrations: Registration[];
  transactions: Transaction[];
  nextTransactionId: number;
  nextItemId: number;
  /** `clientId|login|family` -> item ids. */
  committed: Record<string, number[]>;
  consentsWithheld: string[];
  /** login -> when the story's withdrawal takes effect; null: it is over. */
  withdrawals: Record<string, number | null>;
  added: Record<string, Added>;
  webhooks: Webhook[];
  deliveries: Delivery[];
  nextDeliveryId: number;
};

export function freshState(scenario: string, clock: ClockSetting, now: number): State {
  return {
    version: 1,
    scenario,
    startedAt: now,
    announcedAt: now,
    clock,
    knobs: defaultKnobs,
    signUps: [],
    codes: {},
    tokens: {},
    registrations: [],
    transactions: [],
    nextTransactionId: 122,
    nextItemId: 1,
    committed: {},
    consentsWithheld: [],
    withdrawals: {},
    added: {},
    webhooks: [],
    deliveries: [],
    nextDeliveryId: 1,
  };
}

/** The state of an earlier run of the same scenario, or undefined. */
export function readState(path: string, scenario: string): State | undefined {
  if (!existsSync(path)) return undefined;
  const state: State = JSON.parse(readFileSync(path, "utf8"));
  return state.version === 1 && state.scenario === scenario ? state : undefined;
}

/** Written beside and renamed, so that a process killed at any moment leaves the old or the new whole. */
export function writeState(path: string, state: State): void {
  const beside = `${path}.new`;
  writeFileSync(beside, JSON.stringify(state), { mode: 0o600 });
  renameSync(beside, path);
}

export function addedOf(state: State, login: string): Added {
  state.added[login] ??= { nights: {}, nightsRemoved: [], sessions: [], weights: [], activity: {} };
  return state.added[login];
}
