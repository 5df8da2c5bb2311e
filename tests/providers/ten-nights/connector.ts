import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Connector, Window } from "@/lib/wearables/connector";
import type { Client, Outcome } from "@/lib/wearables/exchange";
import type { Normalise } from "@/lib/wearables/normalised";
import type { Night, Sleep } from "@/lib/wearables/types";
import nights from "./nights.json";

/** Times of falling asleep and waking are instants, `wokeOn` is a civil date. */
const nightSchema = z.object({
  wokeOn: z.string(),
  asleepAt: z.string(),
  awakeAt: z.string(),
  rmssdMs: z.number(),
  heartRateBpm: z.number(),
});
type TenNight = z.output<typeof nightSchema>;

/** Answers from a file, as a service would over HTTP: `GET /nights?from=…&to=…`. */
const client: Client = async ({ target }) => {
  const asked = new URL(target, "https://ten-nights.example").searchParams;
  const [from, to] = [asked.get("from") ?? "", asked.get("to") ?? ""];
  const json = nights.filter(({ wokeOn }) => wokeOn >= from && wokeOn <= to);
  return { kind: "content", status: 200, text: JSON.stringify(json), json };
};

function nightsIn(outcome: Outcome): TenNight[] {
  const list = outcome.kind === "content" ? z.array(nightSchema).safeParse(outcome.json) : null;
  if (!list?.success) throw new AppError("provider-failed", "Ten Nights did not answer with nights.");
  return list.data;
}

/** Both streams ask the same list and read another half of each night. */
function requests(stream: string, { from, to }: Window) {
  return [
    {
      target: `/nights?from=${from}&to=${to}`,
      read: (outcome: Outcome) => ({
        items: nightsIn(outcome).map((night) => ({
          resource: stream,
          providerKey: night.wokeOn,
          body: JSON.stringify(night),
          day: night.wokeOn,
        })),
        more: [],
      }),
    },
  ];
}

function nightOf({ wokeOn, rmssdMs, heartRateBpm }: TenNight): Night {
  const unknown = { beatToBeatMs: null, breathingPerMin: null, rmssdSeries: null, breathingSeries: null };
  return { date: wokeOn, metric: "rmssd-night-mean", rmssdMs, heartRateBpm, ...unknown, polar: null };
}

function sleepOf({ wokeOn, asleepAt, awakeAt }: TenNight): Sleep {
  const asleepS = (Date.parse(awakeAt) - Date.parse(asleepAt)) / 1000;
  const stages = { lightS: null, deepS: null, remS: null, unknownS: null, interruptedS: null };
  return {
    date: wokeOn,
    startAt: asleepAt,
    endAt: awakeAt,
    utcOffsetMinutes: 120,
    asleepS,
    ...stages,
    efficiency: null,
    deviceId: null,
    hypnogram: null,
    heartRate: null,
    polar: null,
  };
}

const normalise: Normalise = ({ resource, body }) => {
  const night = nightSchema.parse(JSON.parse(body));
  if (resource === "ten-nights-sleep") return { kind: "sleep", values: [sleepOf(night)], rejected: [] };
  return { kind: "night", values: [nightOf(night)], rejected: [] };
};

const usual = {
  partOf: null,
  delivery: "window",
  endpoints: ["GET /nights?from={from}&to={to}"],
  cadence: "morning",
  requestsPerCycle: 1,
  history: { days: 10, beforeConnection: true, countedIn: "nights" },
  choice: "default",
} as const;

/** A provider with ten nights and nothing else: no transactions, no registration, no webhook, no quota. */
export const tenNights: Connector = {
  id: "ten-nights",
  name: "Ten Nights",
  accountPage: "ten-nights.example",
  streams: [
    { ...usual, id: "ten-nights-night", consentKey: "nightlyRecharge", brings: "night" },
    { ...usual, id: "ten-nights-sleep", consentKey: "sleep", brings: "sleep" },
  ],
  firstSyncRequests: 2,
  client: () => client,
  requests,
  parser: { version: 1, normalise },
  dayOf: ({ providerKey }) => providerKey,
};
