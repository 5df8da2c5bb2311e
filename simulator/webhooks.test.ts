import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunningSimulator } from "./server";
import {
  type Answer,
  basic,
  call,
  connected,
  control,
  type Receiver,
  startReceiver,
  startSmall,
  today,
} from "./test-support";
import { webhookEvents } from "./webhooks";

let sim: RunningSimulator;
let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
  sim = await startSmall({ knobs: { webhookRetryDelaysS: [0.02, 0.02] } });
});
afterEach(async () => {
  await sim.close();
  await receiver.close();
});

function manage(method: string, path = "", body?: object): Promise<Answer> {
  return call(`${sim.url}/v3/webhooks${path}`, {
    method,
    headers: basic(sim),
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
}

const create = (events: readonly string[] = webhookEvents) =>
  manage("POST", "", { events, url: receiver.url });
const settle = () => control(sim, "webhooks/settle");
const events = () => receiver.received.map((r) => r.event);

describe("managing", () => {
  test("a ping without signature first, then 201 with the secret, shown only here; a second is 409", async () => {
    const created = await create(["EXERCISE", "SLEEP"]);
    expect(created).toMatchObject({
      status: 201,
      json: { data: { events: ["EXERCISE", "SLEEP"], url: receiver.url } },
    });
    expect(created.json.data.signature_secret_key).toMatch(/^[0-9a-f-]{36}$/);
    expect(receiver.received).toHaveLength(1);
    expect(receiver.received[0]?.signature).toBeUndefined();
    expect(JSON.parse(receiver.received[0]?.body ?? "")).toEqual({
      event: "PING",
      timestamp: expect.any(String),
    });
    expect((await create()).status).toBe(409);
    const listed = await manage("GET");
    expect(listed.json.data).toEqual([
      { id: created.json.data.id, events: ["EXERCISE", "SLEEP"], url: receiver.url, active: true },
    ]);
  });

  test("a ping that fails is a 400 in Polar's wrapped form, and nothing is created", async () => {
    receiver.answerWith(400);
    const created = await create();
    expect(created.status).toBe(400);
    expect(created.json.error).toMatchObject({ status: 400, error_type: "WebhookPingFailedException" });
    expect((await manage("GET")).json).toEqual({ data: [] });
  });

  test("Basic is needed; unknown events are a 400", async () => {
    expect((await call(`${sim.url}/v3/webhooks`)).status).toBe(401);
    expect((await create(["BREAKFAST"])).status).toBe(400);
  });

  test("patch, deactivate, activate, delete", async () => {
    expect((await manage("POST", "/activate")).status).toBe(204);
    const { id } = (await create()).json.data;
    expect((await manage("PATCH", `/${id}`, { events: ["SLEEP"] })).json.data.events).toEqual(["SLEEP"]);
    expect((await manage("PATCH", "/nosuch", {})).status).toBe(404);
    expect((await manage("POST", "/deactivate")).status).toBe(200);
    expect((await manage("GET")).json.data[0].active).toBe(false);
    expect((await manage("POST", "/activate")).status).toBe(200);
    expect(events()).toEqual(["PING", "PING"]);
    expect((await manage("DELETE", `/${id}`)).status).toBe(204);
    expect((await manage("DELETE", `/${id}`)).status).toBe(404);
  });
});

describe("delivering", () => {
  test("a new night goes out signed over the raw body, with the address to fetch it from", async () => {
    const { signature_secret_key: secret } = (await create(["SLEEP"])).json.data;
    const aino = await connected(sim, "aino");
    await control(sim, "users/aino/night", { rmssdMs: 31 });
    await settle();
    const delivery = receiver.received[1];
    expect(delivery?.event).toBe("SLEEP");
    expect(delivery?.signature).toBe(
      createHmac("sha256", secret)
        .update(delivery?.body ?? "")
        .digest("hex"),
    );
    const body = JSON.parse(delivery?.body ?? "");
    expect(body).toMatchObject({
      event: "SLEEP",
      user_id: aino.userId,
      date: today,
      url: `${sim.url}/v3/users/sleep/${today}`,
    });
    expect((await aino.get(body.url)).status).toBe(200);
    expect((await aino.get(`/v3/users/nightly-recharge/${today}`)).json.heart_rate_variability_avg).toBe(31);
  });

  test("all seven events, each url answering 200", async () => {
    await create();
    const aino = await connected(sim, "aino");
    await control(sim, "users/aino/night", { rmssdMs: 50 });
    await control(sim, "users/aino/session", {});
    await control(sim, "users/aino/activity", {});
    await control(sim, "users/aino/weight", { weightKg: 60 });
    await settle();
    expect(new Set(events())).toEqual(new Set(["PING", ...webhookEvents]));
    for (const { body } of receiver.received.slice(1))
      expect((await aino.get(JSON.parse(body).url)).status).toBe(200);
  });

  test("nobody is told of an athlete who is not registered, or of an event not asked for", async () => {
    await create(["EXERCISE"]);
    await connected(sim, "aino");
    await control(sim, "users/bram/session", {});
    await control(sim, "users/aino/night", { rmssdMs: 50 });
    await settle();
    expect(events()).toEqual(["PING"]);
  });

  test("what the watch uploads by itself is announced once, when its time has come", async () => {
    await create(["SLEEP", "EXERCISE"]);
    await connected(sim, "aino");
    await control(sim, "clock", { advanceMs: 24 * 3_600_000 });
    await settle();
    await control(sim, "clock", { advanceMs: 60_000 });
    await settle();
    expect(events().filter((event) => event === "SLEEP")).toHaveLength(1);
    expect(JSON.parse(receiver.received.find((r) => r.event === "SLEEP")?.body ?? "").date).toBe(
      "2026-11-19",
    );
  });

  test("an answer other than 200 is retried on schedule, then given up", async () => {
    await create(["EXERCISE"]);
    await connected(sim, "aino");
    receiver.answerWith(204);
    await control(sim, "users/aino/session", {});
    const { json } = await settle();
    expect(events()).toEqual(["PING", "EXERCISE", "EXERCISE", "EXERCISE"]);
    expect(json.deliveries[0]).toMatchObject({ status: "failed", attempts: 3, lastStatus: 204 });
  });

  test("seven days without a success switch it off; activating brings it back", async () => {
    await create(["EXERCISE"]);
    await connected(sim, "aino");
    receiver.answerWith(500);
    await control(sim, "users/aino/session", {});
    await settle();
    await control(sim, "clock", { advanceMs: 7 * 86_400_000 });
    await settle();
    expect((await manage("GET")).json.data[0].active).toBe(false);
    receiver.answerWith(200);
    await manage("POST", "/activate");
    expect((await manage("GET")).json.data[0].active).toBe(true);
  });

  test("lost, doubled and replayed deliveries on demand", async () => {
    await create(["EXERCISE"]);
    await connected(sim, "aino");
    await control(sim, "knobs", { webhookLose: 1, webhookDuplicate: 1 });
    await control(sim, "users/aino/session", {});
    await control(sim, "users/aino/session", {});
    const { json } = await settle();
    await expect.poll(events).toEqual(["PING", "EXERCISE", "EXERCISE"]);
    expect(json.deliveries.map((d: { status: string }) => d.status)).toEqual(["lost", "delivered"]);
    await control(sim, "webhooks/redeliver", { id: json.deliveries[0].id });
    await settle();
    expect(events()).toHaveLength(4);
  });
});

test("a webhook of the options exists from the start, with a known secret", async () => {
  const own = await startSmall({ webhook: { url: receiver.url, secret: "known" } });
  await connected(own, "aino");
  await control(own, "users/aino/session", {});
  await control(own, "webhooks/settle");
  const [delivery] = receiver.received;
  expect(delivery?.signature).toBe(
    createHmac("sha256", "known")
      .update(delivery?.body ?? "")
      .digest("hex"),
  );
  await own.close();
});
