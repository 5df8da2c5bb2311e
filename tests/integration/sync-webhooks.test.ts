import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { connections, streamStates } from "@/db/schema/connection";
import { outbox, owed, webhookDeliveries, webhooks } from "@/db/schema/operation";
import { nights } from "@/db/schema/wearable";
import { WEBHOOK_EVENTS } from "@/lib/providers/polar/streams";
import { ensureWebhook, removeWebhook, setUpWebhook, webhookStatus } from "@/lib/services/webhooks/manage";
import { receiveDelivery } from "@/lib/services/webhooks/receive";
import { startSimulator } from "@/simulator/server";
import { stubEnvironment } from "@/tests/support/environment";
import {
  ALL_STREAMS,
  connectedAthlete,
  control,
  eventsOf,
  freshInstallation,
  type Installation,
  sync,
} from "./sync-support";

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let server: Server;
let sendTo: ReturnType<typeof control>;

/** The route's work, without Next: raw bytes and the signature header go to the service. */
async function receiver(): Promise<Server> {
  const listening = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", async () => {
      const header = request.headers["polar-webhook-signature"];
      const input = { body: Buffer.concat(chunks), signature: typeof header === "string" ? header : null };
      response.writeHead(await receiveDelivery({ ctx: visitor(), input })).end();
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  return listening;
}

const visitor = () => ({ ...at.job(), actor: { kind: "visitor" as const } });

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", history: "documented" });
  at = await freshInstallation();
  server = await receiver();
  stubEnvironment({
    APP_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    POLAR_API_URL: sim.url,
    POLAR_CLIENT_ID: sim.clientId,
    POLAR_CLIENT_SECRET: sim.clientSecret,
  });
  sendTo = control(sim);
});
beforeEach(async () => {
  await sendTo("/reset", {});
  await removeWebhook({ ctx: at.job() });
  for (const table of [connections, webhooks, webhookDeliveries, outbox]) await at.db.delete(table);
});
afterAll(async () => {
  server.close();
  await at.close();
  await sim.close();
});

const asClient = () => ({ authorization: `Basic ${btoa(`${sim.clientId}:${sim.clientSecret}`)}` });

async function deliver(body: string, signature: string | null): Promise<number> {
  return receiveDelivery({ ctx: visitor(), input: { body: new TextEncoder().encode(body), signature } });
}

/** A webhook whose secret the test knows. */
async function knownWebhook(): Promise<(body: string) => string> {
  const { sealSecret } = await import("@/lib/services/webhooks/manage");
  const row = {
    id: "known",
    url: "https://restday.example",
    events: ["SLEEP"],
    active: true,
    checkedAt: new Date(),
  };
  await at.db.insert(webhooks).values({ ...row, secretSealed: sealSecret("known secret") });
  return (body) => createHmac("sha256", "known secret").update(body).digest("hex");
}

const notice = (polarUserId: number, event = "SLEEP") =>
  JSON.stringify({
    event,
    user_id: polarUserId,
    date: "2026-11-20",
    timestamp: "2026-11-20T05:00:00Z",
    url: "https://www.polaraccesslink.com/v3/users/sleep/2026-11-20",
  });

async function polarUserOf(athleteId: string): Promise<number> {
  const [row] = await at.db.select().from(connections).where(eq(connections.athleteId, athleteId));
  return row?.polarUserId ?? 0;
}

test("a new night travels from the watch through the webhook into the table of nights", async () => {
  expect(await setUpWebhook({ ctx: at.job() })).toEqual({ outcome: "created" });
  const athleteId = await connectedAthlete(at, sim, {
    login: "aino",
    streams: ["sleep", "nightly-recharge"],
  });
  await sync(at, athleteId);
  const { today } = await sendTo<{ today: string }>("/clock");
  await sendTo("/users/aino/night", { date: today, rmssdMs: 41 });
  await sendTo("/webhooks/settle", {});
  expect(await eventsOf(at.db, "athlete/sync.requested")).toContainEqual({ athleteId, reason: "webhook" });
  expect(await sync(at, athleteId, "webhook")).toMatchObject({ synced: ["nightly-recharge", "sleep"] });
  const rows = await at.db.select().from(nights).where(eq(nights.athleteId, athleteId));
  expect(rows.find((row) => row.date === today)?.rmssdMs).toBe(41);
});

test("a PING is answered without a signature, before there is a secret", async () => {
  expect(await deliver('{"timestamp":"2019-01-11T08:25:10.02Z","event":"PING"}', null)).toBe(200);
  expect(await at.db.select().from(webhookDeliveries)).toEqual([]);
});

test.each([true, false])("the webhook is created whether Polar signs its PING or not: %s", async (signed) => {
  await sendTo("/knobs", { pingSignature: signed });
  expect(await setUpWebhook({ ctx: at.job() })).toEqual({ outcome: "created" });
});

test.each([
  ["without a signature", () => null],
  ["with a forged one", () => "0".repeat(64)],
  ["with that of another body", (sign: (body: string) => string) => sign("other")],
])("a delivery %s is refused and leaves no trace", async (_, signatureOf) => {
  const sign = await knownWebhook();
  expect(await deliver(notice(475), signatureOf(sign))).toBe(401);
  expect(await at.db.select().from(webhookDeliveries)).toEqual([]);
});

test("a delivery before the webhook is known here is refused", async () => {
  expect(await deliver(notice(475), "0".repeat(64))).toBe(401);
});

test("a replayed delivery asks once", async () => {
  const sign = await knownWebhook();
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await at.db.delete(outbox);
  await at.db.delete(owed);
  const body = notice(await polarUserOf(athleteId));
  for (let time = 0; time < 3; time += 1) expect(await deliver(body, sign(body))).toBe(200);
  expect(await eventsOf(at.db, "athlete/sync.requested")).toHaveLength(1);
  expect(await at.db.select().from(webhookDeliveries)).toHaveLength(1);
});

/** All of Polar's events, with what each sends along, and the streams it wakes. */
const EVENTS = [
  ["EXERCISE", { entity_id: "0LYLpB8g" }, ["cardio-load", "exercise-details", "exercises", "routes"]],
  ["SLEEP", { date: "2026-11-20" }, ["cardio-load", "nightly-recharge", "sleep"]],
  ["CONTINUOUS_HEART_RATE", { date: "2026-11-20" }, ["continuous-heart-rate"]],
  ["SLEEP_WISE_CIRCADIAN_BEDTIME", { from: "2026-11-18", to: "2026-11-20" }, ["sleepwise"]],
  ["SLEEP_WISE_ALERTNESS", { from: "2026-11-18", to: "2026-11-20" }, ["sleepwise"]],
  ["ACTIVITY_SUMMARY", { date: "2026-11-20" }, ["activities", "activity-details"]],
  ["PHYSICAL_INFORMATION", {}, ["physical-info", "physical-profile"]],
] as const;

async function dueStreams(athleteId: string): Promise<string[]> {
  const states = await at.db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
  return states
    .filter((state) => state.nextDueAt !== null)
    .map((state) => state.stream)
    .sort();
}

test.each(EVENTS)("%s wakes its streams, and only these", async (event, fields, streams) => {
  const sign = await knownWebhook();
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ALL_STREAMS });
  await at.db.update(streamStates).set({ nextDueAt: null });
  const userId = await polarUserOf(athleteId);
  const body = JSON.stringify({ event, user_id: userId, ...fields, timestamp: "2026-11-20T05:00:00Z" });
  expect(await deliver(body, sign(body))).toBe(200);
  expect(await dueStreams(athleteId)).toEqual([...streams]);
  expect(await at.db.select().from(webhookDeliveries)).toMatchObject([{ event, known: true }]);
});

test("the events of the table are all that Polar is asked for", () => {
  expect(EVENTS.map(([event]) => event).sort()).toEqual([...WEBHOOK_EVENTS].sort());
});

test("late and unordered deliveries end in the same streams due, and none of them turns time back", async () => {
  const sign = await knownWebhook();
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep", "exercises"] });
  await sync(at, athleteId, "connected");
  const userId = await polarUserOf(athleteId);
  const bodies = ["2026-11-22T05:00:00Z", "2026-11-20T05:00:00Z", "2020-01-01T05:00:00Z"].flatMap(
    (timestamp) =>
      ["EXERCISE", "SLEEP"].map((event) => JSON.stringify({ event, user_id: userId, timestamp })),
  );
  for (const body of bodies.toReversed()) expect(await deliver(body, sign(body))).toBe(200);
  expect(await sync(at, athleteId, "webhook")).toMatchObject({
    outcome: "synced",
    synced: ["sleep", "exercises", "exercise-details"],
    failed: [],
  });
});

test("a notice makes its own streams due and no others", async () => {
  const sign = await knownWebhook();
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await at.db.update(streamStates).set({ nextDueAt: null });
  const body = notice(await polarUserOf(athleteId), "EXERCISE");
  await deliver(body, sign(body));
  const states = await at.db.select().from(streamStates).where(eq(streamStates.athleteId, athleteId));
  const due = states.filter((state) => state.nextDueAt !== null).map((state) => state.stream);
  expect(due.sort()).toEqual(["cardio-load", "exercise-details", "exercises"]);
});

test("unknown events and unknown users are kept and answered with 200", async () => {
  const sign = await knownWebhook();
  for (const body of [notice(475, "TELEPATHY"), notice(999_999_999)])
    expect(await deliver(body, sign(body))).toBe(200);
  const kept = await at.db.select().from(webhookDeliveries);
  expect(kept.map((row) => [row.event, row.known]).sort()).toEqual([
    ["SLEEP", true],
    ["TELEPATHY", false],
  ]);
  expect(await eventsOf(at.db, "athlete/sync.requested")).toEqual([]);
});

test.each(["", "no JSON", "[]", "null", '{"user_id":475}'])(
  "a signed body that is no notice is answered with 400: %s",
  async (body) => {
    const sign = await knownWebhook();
    expect(await deliver(body, sign(body))).toBe(400);
  },
);

test("setting up twice leaves the one webhook as it is", async () => {
  await setUpWebhook({ ctx: at.job() });
  const before = await at.db.select().from(webhooks);
  expect(await setUpWebhook({ ctx: at.job() })).toEqual({ outcome: "active" });
  expect((await at.db.select().from(webhooks))[0]?.id).toBe(before[0]?.id);
  expect(await webhookStatus({ ctx: at.job() })).toMatchObject({ state: "ours", atPolar: { active: true } });
});

test("a webhook that Polar switched off is switched on again", async () => {
  await setUpWebhook({ ctx: at.job() });
  await fetch(`${sim.url}/v3/webhooks/deactivate`, { method: "POST", headers: asClient() });
  expect(await webhookStatus({ ctx: at.job() })).toMatchObject({ atPolar: { active: false } });
  expect(await setUpWebhook({ ctx: at.job() })).toEqual({ outcome: "changed" });
  expect(await webhookStatus({ ctx: at.job() })).toMatchObject({ atPolar: { active: true } });
});

test("one whose secret is lost here is made anew", async () => {
  await setUpWebhook({ ctx: at.job() });
  await at.db.delete(webhooks);
  expect(await webhookStatus({ ctx: at.job() })).toMatchObject({ state: "secret-lost" });
  expect(await setUpWebhook({ ctx: at.job() })).toEqual({ outcome: "created" });
  expect(await webhookStatus({ ctx: at.job() })).toMatchObject({ state: "ours" });
});

test("another installation's webhook is left alone until it is deleted", async () => {
  const elsewhere = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/hook`;
  const body = JSON.stringify({ events: ["SLEEP"], url });
  const made = await fetch(`${sim.url}/v3/webhooks`, { method: "POST", headers: asClient(), body });
  expect(made.status).toBe(201);
  expect(await setUpWebhook({ ctx: at.job() })).toEqual({ outcome: "foreign" });
  expect(await webhookStatus({ ctx: at.job() })).toMatchObject({ state: "foreign", atPolar: { url } });
  expect(await removeWebhook({ ctx: at.job() })).toEqual({ outcome: "deleted" });
  expect(await setUpWebhook({ ctx: at.job() })).toEqual({ outcome: "created" });
  elsewhere.close();
});

test("an address that Polar cannot reach over plain http is not set up at start", async () => {
  expect(await ensureWebhook({ ctx: at.job() })).toEqual({ outcome: "unreachable" });
});
