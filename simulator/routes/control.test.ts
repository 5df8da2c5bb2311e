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

const get = (path: string) => call(`${sim.url}/_sim/${path}`);

describe("rate limits", () => {
  test("headers on every answer, by the formula over registered users", async () => {
    const answer = await aino.get("/v3/users/sleep");
    expect(answer.headers.get("ratelimit-limit")).toBe("520, 5100");
    expect(answer.headers.get("ratelimit-usage")).toBe("2, 2");
    expect(answer.headers.get("ratelimit-reset")).toBe("900, 86400");
    await connected(sim, "bram");
    expect((await aino.get("/v3/nowhere")).headers.get("ratelimit-limit")).toBe("540, 5200");
    expect((await call(`${sim.url}/v3/exercises`)).headers.get("ratelimit-usage")).toBe("5, 5");
  });

  test("beyond the limit 429, still counted in the day's window, until the quarter of an hour is over", async () => {
    await control(sim, "knobs", { rateLimits: { per15Minutes: 3, perDay: 100 } });
    expect((await aino.get("/v3/exercises")).status).toBe(200);
    expect((await aino.get("/v3/exercises")).status).toBe(200);
    const over = await aino.get("/v3/exercises");
    expect(over).toMatchObject({ status: 429 });
    expect(over.headers.get("ratelimit-usage")).toBe("3, 4");
    await control(sim, "clock", { advanceMs: 15 * 60_000 });
    expect((await aino.get("/v3/exercises")).status).toBe(200);
  });
});

describe("faults", () => {
  const fault = (body: object) => control(sim, "faults", body);

  test("a status so many times, after letting some through, for one path only", async () => {
    await fault({ match: { method: "GET", pathPattern: "^/v3/exercises$" }, status: 503, skip: 1, times: 2 });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await aino.get("/v3/exercises")).status);
    expect(statuses).toEqual([200, 503, 503, 200, 200]);
    expect((await get("faults")).json.faults[0]).toMatchObject({ hits: 2, seen: 5 });
  });

  test("for one athlete only", async () => {
    const bram = await connected(sim, "bram");
    await fault({ match: { pathPattern: "/v3/", login: "bram" }, status: 500 });
    expect((await aino.get("/v3/exercises")).status).toBe(200);
    expect((await bram.get("/v3/exercises")).status).toBe(500);
  });

  test("before: nothing is done; after: the work is done and the answer lost", async () => {
    const created = await aino.send("POST", `/v3/users/${aino.userId}/exercise-transactions`);
    const uri = created.json["resource-uri"];
    await fault({ match: { method: "PUT" }, drop: true });
    await expect(aino.send("PUT", uri)).rejects.toThrow();
    expect((await aino.get(uri)).status).toBe(200);
    await fault({ match: { method: "PUT" }, drop: true, phase: "after" });
    await expect(aino.send("PUT", uri)).rejects.toThrow();
    expect((await aino.send("PUT", uri)).status).toBe(404);
  });

  test("a request is held until the faults are cleared", async () => {
    await fault({ match: { pathPattern: "sleep" }, hold: true });
    let answered = false;
    const asked = aino.get("/v3/users/sleep").finally(() => (answered = true));
    await expect.poll(async () => (await get("faults")).json.faults[0].hits).toBe(1);
    await aino.get("/v3/exercises");
    expect(answered).toBe(false);
    await fetch(`${sim.url}/_sim/faults`, { method: "DELETE" });
    expect((await asked).status).toBe(200);
  });

  test("the right body cut, left out, or under another status", async () => {
    const match = { pathPattern: "sleep" };
    for (const spoilt of [{ cut: true }, { bodiless: true }, { keepBody: true, status: 206 }])
      await fault({ match, ...spoilt });
    const answers: [number, string][] = [];
    for (let at = 0; at < 4; at += 1) {
      const answer = await fetch(`${sim.url}/v3/users/sleep`, { headers: aino.headers });
      answers.push([answer.status, await answer.text()]);
    }
    const right = answers[3]?.[1] ?? "";
    const cut = right.slice(0, Math.floor(right.length / 2));
    expect(answers).toEqual([
      [200, cut],
      [200, ""],
      [206, right],
      [200, right],
    ]);
  });

  test("truncated bodies, HTML instead of JSON, delay, Retry-After", async () => {
    await fault({ match: { pathPattern: "sleep" }, truncate: true });
    await expect(aino.get("/v3/users/sleep")).rejects.toThrow();
    await fault({ match: { pathPattern: "sleep" }, html: true });
    const page = await aino.get("/v3/users/sleep");
    expect(page.headers.get("content-type")).toBe("text/html");
    await fault({ match: { pathPattern: "sleep" }, delayMs: 60 });
    const startedAt = performance.now();
    expect((await aino.get("/v3/users/sleep")).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThan(55);
    await fault({ match: { pathPattern: "sleep" }, status: 429, headers: { "retry-after": "7" } });
    expect((await aino.get("/v3/users/sleep")).headers.get("retry-after")).toBe("7");
  });

  test("clearing; a bad fault is a 400 that names the key", async () => {
    await fault({ match: { pathPattern: "" }, status: 500, times: 99 });
    await call(`${sim.url}/_sim/faults`, { method: "DELETE" });
    expect((await aino.get("/v3/exercises")).status).toBe(200);
    expect(await fault({ match: {}, stauts: 500 })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining("stauts") },
    });
    expect((await fault({ match: { pathPattern: "(" }, status: 500 })).status).toBe(400);
  });
});

describe("the clock", () => {
  test("fixed, shifted, advanced and real again", async () => {
    expect((await get("clock")).json).toMatchObject({
      mode: "fixed",
      now: "2026-11-18T08:00:00.000Z",
      today,
    });
    await control(sim, "clock", { advanceMs: 86_400_000 });
    expect((await get("clock")).json.today).toBe("2026-11-19");
    await control(sim, "clock", { now: "2026-12-01T23:30:00+01:00" });
    expect((await get("clock")).json).toMatchObject({ now: "2026-12-01T22:30:00.000Z", today: "2026-12-02" });
    await control(sim, "clock", { real: true });
    expect(Math.abs(Date.parse((await get("clock")).json.now) - Date.now())).toBeLessThan(2000);
    expect((await control(sim, "clock", { tomorrow: 1 })).status).toBe(400);
  });

  test("a new day brings its night in the morning, not before", async () => {
    await control(sim, "clock", { now: "2026-11-19T01:00:00Z" });
    expect((await aino.get("/v3/users/sleep/2026-11-19")).status).toBe(404);
    await control(sim, "clock", { now: "2026-11-19T07:00:00Z" });
    expect((await aino.get("/v3/users/sleep/2026-11-19")).status).toBe(200);
  });
});

describe("the oracle and the request count", () => {
  test("tells what was offered, fetched, held and committed, and what the plain lists served", async () => {
    const created = await aino.send("POST", `/v3/users/${aino.userId}/physical-information-transactions`);
    const uri = created.json["resource-uri"];
    const items: string[] = (await aino.get(uri)).json["physical-informations"];
    await aino.get(items[0] ?? "");
    await aino.get("/v3/users/sleep");
    const during = (await get("oracle?login=aino")).json.users.aino;
    const family = during.families["physical-informations"];
    expect(family.offered.count).toBe(items.length);
    expect(family.held.count).toBe(items.length);
    expect(family.fetched.count).toBe(1);
    expect(family.committed.count).toBe(0);
    expect(during.plain.sleep.count).toBeGreaterThan(80);
    await aino.send("PUT", uri);
    const after = (await get("oracle")).json.users.aino.families["physical-informations"];
    expect(after).toMatchObject({ held: { count: 0 }, committed: { ids: family.offered.ids } });
  });

  test("counts requests by user, family and route", async () => {
    await call(`${sim.url}/_sim/requests`, { method: "DELETE" });
    await aino.get("/v3/users/sleep");
    await aino.get(`/v3/users/sleep/${today}`);
    await call(`${sim.url}/v3/notifications`, { headers: basic(sim) });
    const { json } = await get("requests");
    expect(json.total).toBe(3);
    expect(json.byUser).toEqual({ aino: { sleep: 2 }, "(client)": { notifications: 1 } });
    expect(json.byRoute["GET /v3/users/sleep/:date"]).toBe(1);
  });
});

describe("additions", () => {
  test("a night replaces the day's, a removed night is gone", async () => {
    await control(sim, "users/aino/night", { date: today, rmssdMs: 22, sleepHours: 5 });
    const night = (await aino.get(`/v3/users/sleep/${today}`)).json;
    expect((Date.parse(night.sleep_end_time) - Date.parse(night.sleep_start_time)) / 3_600_000).toBe(5);
    await control(sim, "users/aino/night/delete", { date: today });
    expect((await aino.get(`/v3/users/sleep/${today}`)).status).toBe(404);
    expect((await aino.get(`/v3/users/nightly-recharge/${today}`)).status).toBe(404);
  });

  test("a night without enough heart rate variability has sleep and no recharge", async () => {
    await control(sim, "users/aino/night", { rmssdMs: null });
    expect((await aino.get(`/v3/users/sleep/${today}`)).status).toBe(200);
    expect((await aino.get(`/v3/users/nightly-recharge/${today}`)).status).toBe(404);
  });

  test("a session appears in the list and in a transaction, with its load on the day", async () => {
    const { json } = await control(sim, "users/aino/session", {
      startTime: "08:15",
      minutes: 30,
      cardioLoad: 61,
      sport: "POOL_SWIMMING",
    });
    const session = (await aino.get(`/v3/exercises/${json.hash}`)).json;
    expect(session).toMatchObject({ detailed_sport_info: "POOL_SWIMMING", sport: "SWIMMING" });
    expect(session.start_time.slice(0, 16)).toBe(`${today}T08:15`);
    expect((await aino.get(`/v3/users/cardio-load/${today}`)).json[0].cardio_load).toBe(61);
  });

  test.each([
    ["users/nobody/night", {}, 404],
    ["users/aino/night", { rmssdMs: -1 }, 400],
    ["users/aino/night", { date: "2026-13-01" }, 400],
    ["users/aino/session", { startTime: "25:00" }, 400],
    ["users/aino/weight", {}, 400],
    ["knobs", { txTtlMinutes: "ten" }, 400],
  ])("%s %o is a %i", async (path, body, status) => {
    expect((await control(sim, path, body)).status).toBe(status);
  });

  test("reset goes back to the beginning", async () => {
    await control(sim, "users/aino/session", {});
    await control(sim, "reset");
    expect((await aino.get("/v3/exercises")).status).toBe(401);
    expect((await get("athletes")).json.athletes.every((a: { registered: boolean }) => !a.registered)).toBe(
      true,
    );
  });
});

test("a page of another site may not steer the simulator", async () => {
  const headers = { "sec-fetch-site": "cross-site" };
  expect((await call(`${sim.url}/_sim/reset`, { method: "POST", headers })).status).toBe(403);
  expect(
    (
      await call(`${sim.url}/console/night`, {
        method: "POST",
        headers,
        body: new URLSearchParams({ login: "aino" }),
      })
    ).status,
  ).toBe(403);
});

describe("the console", () => {
  test("shows athletes, forms and deliveries, and adds a night by its form", async () => {
    expect((await call(`${sim.url}/`)).text).toContain("Add a night");
    const body = new URLSearchParams({ login: "aino", date: today, rmssdMs: "27.5", sleepHours: "6" });
    const answer = await call(`${sim.url}/console/night`, { method: "POST", body });
    expect(answer.status).toBe(302);
    expect((await aino.get(`/v3/users/nightly-recharge/${today}`)).json.heart_rate_variability_avg).toBe(28);
    expect((await call(new URL(answer.headers.get("location") ?? "", sim.url).href)).text).toContain(
      `Added the night of ${today}`,
    );
  });

  test("adds a session by its form, refuses a form without a date, escapes what it shows", async () => {
    const body = new URLSearchParams({
      login: "aino",
      date: today,
      startTime: "07:30",
      sport: "SOCCER",
      cardioLoad: "88",
    });
    await call(`${sim.url}/console/session`, { method: "POST", body });
    const sports = (await aino.get("/v3/exercises")).json.map(
      (e: { detailed_sport_info: string }) => e.detailed_sport_info,
    );
    expect(sports).toContain("SOCCER");
    expect(
      (
        await call(`${sim.url}/console/session`, {
          method: "POST",
          body: new URLSearchParams({ login: "aino" }),
        })
      ).status,
    ).toBe(400);
    expect((await call(`${sim.url}/?notice=%3Cscript%3E`)).text).not.toContain("<script>");
  });
});
