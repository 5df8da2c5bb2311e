import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunningSimulator } from "../server";
import { basic, type Connected, call, connected, control, startSmall, today } from "../test-support";

let sim: RunningSimulator;
let aino: Connected;
beforeEach(async () => {
  sim = await startSmall();
  aino = await connected(sim, "aino");
});
afterEach(() => sim.close());

type Opened = { status: number; uri: string; items: string[] };

async function open(athlete: Connected, family: string): Promise<Opened> {
  const created = await athlete.send("POST", `/v3/users/${athlete.userId}/${family}-transactions`);
  if (created.status !== 201) return { status: created.status, uri: "", items: [] };
  const listed = await athlete.get(created.json["resource-uri"]);
  return { status: 201, uri: created.json["resource-uri"], items: Object.values(listed.json)[0] as string[] };
}

async function drain(athlete: Connected, family: string): Promise<string[]> {
  const all: string[] = [];
  for (let round = 0; round < 10; round++) {
    const transaction = await open(athlete, family);
    if (transaction.status !== 201) return all;
    all.push(...transaction.items);
    expect((await athlete.send("PUT", transaction.uri)).status).toBe(200);
  }
  throw new Error("the pool never ran dry");
}

const idOf = (url: string) => Number(url.split("/").at(-1));

describe.each([
  ["exercise", "exercises"],
  ["activity", "activity-log"],
  ["physical-information", "physical-informations"],
])("%s-transactions", (family, listKey) => {
  test("create, list, read, commit; then nothing, and the commit is a 404", async () => {
    const created = await aino.send("POST", `/v3/users/${aino.userId}/${family}-transactions`);
    expect(created.status).toBe(201);
    expect(created.json["resource-uri"]).toBe(
      `${sim.url}/v3/users/${aino.userId}/${family}-transactions/${created.json["transaction-id"]}`,
    );
    const list = await aino.get(created.json["resource-uri"]);
    expect(Object.keys(list.json)).toEqual([listKey]);
    const items: string[] = list.json[listKey];
    expect(items.length).toBeGreaterThan(0);
    expect(items.length).toBeLessThanOrEqual(50);
    for (const url of items) {
      const item = await aino.get(url);
      expect(item.status).toBe(200);
      expect(item.json.id).toBe(idOf(url));
      expect(item.json["transaction-id"]).toBe(created.json["transaction-id"]);
      expect(Object.keys(item.json).filter((key) => key.includes("_"))).toEqual([]);
    }
    const put = await aino.send("PUT", created.json["resource-uri"]);
    expect(put).toMatchObject({ status: 200, text: "" });
    expect((await aino.send("PUT", created.json["resource-uri"])).status).toBe(404);
    expect((await aino.get(created.json["resource-uri"])).status).toBe(404);
  });

  test("several transactions offer ninety days, each item once, oldest first", async () => {
    const urls = await drain(aino, family);
    const ids = urls.map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    const { json } = await call(`${sim.url}/_sim/oracle?login=aino`);
    const name =
      family === "exercise" ? "exercises" : family === "activity" ? "activities" : "physical-informations";
    expect(json.users.aino.families[name].available.ids).toEqual(ids);
    expect(json.users.aino.families[name].committed.ids).toEqual(ids);
    expect((await open(aino, family)).status).toBe(204);
  });

  test("a retired family answers its status to everything", async () => {
    const key = family === "physical-information" ? "physical" : family;
    await control(sim, "knobs", { retired: { [key]: 405 } });
    expect((await open(aino, family)).status).toBe(405);
  });
});

test("an exercise's details: zones, links to samples, samples, TCX, GPX and no FIT", async () => {
  const chi = await connected(sim, "chi");
  const { items } = await open(chi, "exercise");
  const withStrap: string[] = [];
  for (const url of items) {
    const zones = await chi.get(`${url}/heart-rate-zones`);
    expect(zones.json.zone.map((zone: { index: number }) => zone.index)).toEqual([1, 2, 3, 4, 5]);
    const { samples } = (await chi.get(`${url}/samples`)).json as { samples: string[] };
    expect(samples[0]).toBe(`${url}/samples/0`);
    if (samples.includes(`${url}/samples/11`)) withStrap.push(url);
  }
  expect(withStrap.length).toBeGreaterThan(0);
  const beats = (await chi.get(`${withStrap[0]}/samples/11`)).json;
  expect(beats["recording-rate"]).toBeNull();
  expect(beats["sample-type"]).toBe("11");
  const exercise = (await chi.get(withStrap[0] ?? "")).json;
  const total = beats.data.split(",").reduce((sum: number, ms: string) => sum + Number(ms), 0);
  const [, minutes, seconds] = /PT(?:1H)?(?:(\d+)M)?(?:([\d.]+)S)?/.exec(exercise.duration) ?? [];
  const hours = exercise.duration.includes("H") ? 3_600_000 : 0;
  const durationMs = hours + Number(minutes ?? 0) * 60_000 + Number(seconds ?? 0) * 1000;
  expect(Math.abs(total - durationMs)).toBeLessThan(5000);
  expect((await chi.get(`${withStrap[0]}/samples/4`)).status).toBe(204);
  const tcx = await chi.get(`${withStrap[0]}/tcx`);
  expect(tcx.headers.get("content-type")).toBe("application/vnd.garmin.tcx+xml");
  expect(tcx.text).toContain("<TrainingCenterDatabase");
  expect((await chi.get(`${withStrap[0]}/fit`)).status).toBe(204);
});

test("sample-type is a string, or an integer by knob", async () => {
  const { items } = await open(aino, "exercise");
  expect((await aino.get(`${items[0]}/samples/0`)).json["sample-type"]).toBe("0");
  await control(sim, "knobs", { sampleType: "integer" });
  expect((await aino.get(`${items[0]}/samples/0`)).json["sample-type"]).toBe(0);
});

test("a transaction's life, list, items and commit differ by knob", async () => {
  await control(sim, "knobs", { txTtlRequests: 2, absentItems: 1, commitAnswer: "200-body" });
  const { uri, items } = await open(aino, "exercise");
  expect((await aino.get(items[0] ?? "")).status).toBe(204);
  // Listed once, read once: its life is over, and what it held is offered again.
  expect((await aino.get(uri)).status).toBe(404);
  await control(sim, "knobs", { txTtlRequests: null });
  const again = await open(aino, "exercise");
  expect(again.items.map(idOf)).toEqual(items.map(idOf));
  expect(await aino.send("PUT", again.uri)).toMatchObject({ status: 200, json: { status: "ok" } });
  expect((await aino.send("PUT", again.uri)).status).toBe(404);
});

test.each([
  ["empty", 200, '{"activity-log":[]}'],
  ["204", 204, ""],
  ["bodiless", 200, ""],
])("an open transaction lists %s by knob", async (openList, status, text) => {
  await control(sim, "knobs", { openList });
  const created = await aino.send("POST", `/v3/users/${aino.userId}/activity-transactions`);
  expect(await aino.get(created.json["resource-uri"])).toMatchObject({ status, text });
});

test("opening withholds what is new, or opens for nothing, by knob", async () => {
  await control(sim, "knobs", { opening: "withhold" });
  expect((await open(aino, "exercise")).status).toBe(204);
  await control(sim, "knobs", { opening: "empty" });
  await drain(aino, "exercise").catch(() => {});
  expect(await open(aino, "exercise")).toMatchObject({ status: 201, items: [] });
});

describe("while a transaction is open", () => {
  test("its items are held: they leave the notifications and a second POST finds only new ones", async () => {
    const first = await open(aino, "physical-information");
    const rows = (await call(`${sim.url}/v3/notifications`, { headers: basic(sim) })).json[
      "available-user-data"
    ];
    expect(rows.map((row: { "data-type": string }) => row["data-type"])).toEqual([
      "EXERCISE",
      "ACTIVITY_SUMMARY",
    ]);
    expect((await open(aino, "physical-information")).status).toBe(204);
    const { json } = await control(sim, "users/aino/weight", { weightKg: 61.2 });
    const second = await open(aino, "physical-information");
    expect(second.items.map(idOf)).toEqual([json.id]);
    expect((await aino.get(first.items[0] ?? "")).status).toBe(200);
  });

  test("secondPost 204-while-open and return-same", async () => {
    await control(sim, "knobs", { secondPost: "204-while-open" });
    const first = await open(aino, "exercise");
    await control(sim, "users/aino/session", { cardioLoad: 50 });
    expect((await open(aino, "exercise")).status).toBe(204);
    await control(sim, "knobs", { secondPost: "return-same" });
    expect((await open(aino, "exercise")).uri).toBe(first.uri);
  });

  test("it lapses after its time: items return to the pool and its URI is gone", async () => {
    const first = await open(aino, "physical-information");
    await control(sim, "clock", { advanceMs: 11 * 60_000 });
    expect((await aino.send("PUT", first.uri)).status).toBe(404);
    expect((await open(aino, "physical-information")).items.map(idOf)).toEqual(first.items.map(idOf));
  });

  test("an item of another transaction is a 204", async () => {
    const { uri } = await open(aino, "exercise");
    expect((await aino.get(`${uri}/exercises/1`)).status).toBe(204);
  });
});

test("double commit and reading after it follow their knobs", async () => {
  await control(sim, "knobs", { doubleCommit: 204, readAfterCommit: 204 });
  const { uri, items } = await open(aino, "exercise");
  await aino.send("PUT", uri);
  expect((await aino.send("PUT", uri)).status).toBe(204);
  expect((await aino.get(items[0] ?? "")).status).toBe(204);
  expect((await aino.send("PUT", uri.replace(/\d+$/, "999999"))).status).toBe(404);
});

test("a day that grows is offered again under a new id", async () => {
  const before = await drain(aino, "activity");
  await control(sim, "clock", { advanceMs: 4 * 3_600_000 });
  const after = await open(aino, "activity");
  expect(after.items).toHaveLength(1);
  const grown = (await aino.get(after.items[0] ?? "")).json;
  expect(grown.date).toBe(today);
  expect(before.map(idOf)).not.toContain(grown.id);
  expect((await aino.get(`${after.items[0]}/step-samples`)).json).toMatchObject({ date: today, interval: 1 });
  expect((await aino.get(`${after.items[0]}/zone-samples`)).json.samples[0]["activity-zones"][0]).toEqual({
    index: 0,
    inzone: "PT1H",
  });
});

test("Polar's own client: empty JSON bodies with a length of zero, Content-Type on a GET", async () => {
  const headers = { ...aino.headers, "content-type": "application/json" };
  const created = await call(`${sim.url}/v3/users/${aino.userId}/exercise-transactions`, {
    method: "POST",
    headers: { ...headers, "content-length": "0" },
  });
  expect(created.status).toBe(201);
  expect((await call(created.json["resource-uri"], { headers })).status).toBe(200);
  expect(
    (
      await call(created.json["resource-uri"], {
        method: "PUT",
        headers: { ...headers, "content-length": "0" },
      })
    ).status,
  ).toBe(200);
});

test("notifications: Basic only, 204 when there is nothing", async () => {
  expect((await call(`${sim.url}/v3/notifications`)).status).toBe(401);
  for (const family of ["exercise", "activity", "physical-information"]) await drain(aino, family);
  const answer = await call(`${sim.url}/v3/notifications`, { headers: basic(sim) });
  expect(answer).toMatchObject({ status: 204, text: "" });
});

test("documented history: only what was uploaded after the registration", async () => {
  const strict = await startSmall({ history: "documented" });
  const athlete = await connected(strict, "aino");
  expect((await open(athlete, "exercise")).status).toBe(204);
  const { json } = await control(strict, "users/aino/session", { cardioLoad: 70 });
  expect((await open(athlete, "exercise")).items.map(idOf)).toEqual([json.id]);
  expect((await athlete.get("/v3/exercises")).json.map((e: { id: string }) => e.id)).toEqual([json.hash]);
  await strict.close();
});
