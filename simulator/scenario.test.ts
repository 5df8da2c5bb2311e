import { expect, test, vi } from "vitest";
import { readScenario, scenarioSchema } from "./scenario";
import { polarUserIdOf } from "./simulator";
import { call, connected, control, startSmall } from "./test-support";

vi.setConfig({ testTimeout: 60_000 });

const demo = readScenario("demo");

test("the demonstration has 24 athletes, half replayed from different real people, half written", () => {
  expect(demo.athletes).toHaveLength(24);
  const people = demo.athletes.flatMap(({ source }) => (source.kind === "replay" ? [source.person] : []));
  expect(new Set(people).size).toBe(12);
  expect(new Set(demo.athletes.map((a) => a.login)).size).toBe(24);
  expect(new Set(demo.athletes.map((a) => polarUserIdOf(a.login))).size).toBe(24);
  expect(demo.athletes.every((a) => a.email === `${a.login}@example.org`)).toBe(true);
});

test("it raises the rate limits and says why", () => {
  expect(demo.rateLimits?.per15Minutes).toBeGreaterThan(980);
  expect(demo.rateLimits?.reason).not.toBe("");
});

test("an unknown key is refused", () => {
  expect(() => scenarioSchema.parse({ ...demo, colour: "red" })).toThrow(/colour/);
});

test("no two athletes share an item id", async () => {
  const sim = await startSmall({ scenario: "demo" });
  const seen = new Set<number>();
  let count = 0;
  for (const { login } of demo.athletes) await connected(sim, login);
  const { users } = (await call(`${sim.url}/_sim/oracle`)).json as {
    users: Record<string, { families: Record<string, { available: { ids: number[] } }> }>;
  };
  for (const user of Object.values(users)) {
    for (const family of Object.values(user.families)) {
      count += family.available.ids.length;
      for (const id of family.available.ids) seen.add(id);
    }
  }
  expect(count).toBeGreaterThan(3000);
  expect(seen.size).toBe(count);
  await sim.close();
});

test.each(["2026-11-18T22:05:00Z", "2026-11-19T03:00:00Z", "2026-11-19T18:00:00Z"])(
  "started at %s, today's night is there for all but the story without one",
  async (fixedNow) => {
    const sim = await startSmall({ scenario: "demo", fixedNow });
    const without: string[] = [];
    for (const { login } of demo.athletes) {
      const athlete = await connected(sim, login);
      const answer = await athlete.get("/v3/users/nightly-recharge/2026-11-19");
      if (answer.status === 404) without.push(login);
      else
        expect(
          Date.parse((await athlete.get("/v3/users/sleep/2026-11-19")).json.sleep_end_time),
        ).toBeLessThanOrEqual(Date.parse(fixedNow));
    }
    expect(without).toEqual(["priya-nair"]);
    await sim.close();
  },
);

test("stories: a changed device, a flight, few nights, consents taken back", async () => {
  const sim = await startSmall({ scenario: "demo" });
  const zanele = await connected(sim, "zanele-dlamini");
  const { nights } = (await zanele.get("/v3/users/sleep")).json;
  expect(nights[0].device_id).not.toBe(nights[8].device_id);
  expect(nights[0].sleep_end_time.slice(-6)).toBe("+07:00");
  expect(nights[8].sleep_end_time.slice(-6)).toBe("+02:00");
  const oskar = await connected(sim, "oskar-lund");
  expect((await oskar.get("/v3/users/sleep")).json.nights).toHaveLength(10);
  const callum = await connected(sim, "callum-reid");
  expect((await callum.get("/v3/users/nightly-recharge")).status).toBe(200);
  expect((await callum.get("/v3/users/sleep")).status).toBe(200);
  await control(sim, "clock", { advanceMs: 180_000 });
  expect((await callum.get("/v3/users/sleep")).status).toBe(403);
  await control(sim, "users/callum-reid/token");
  expect((await callum.get("/v3/users/sleep")).status).toBe(200);
  await sim.close();
});

test("a demonstration left running keeps having nights and sessions", async () => {
  const sim = await startSmall({ scenario: "demo" });
  const replayed = await connected(sim, "ingrid-solheim");
  const told = await connected(sim, "emil-sorensen");
  await control(sim, "clock", { advanceMs: 100 * 86_400_000 });
  for (const athlete of [replayed, told]) {
    expect((await athlete.get("/v3/users/nightly-recharge")).json.recharges.length).toBeGreaterThan(75);
    expect((await athlete.get("/v3/exercises")).json.length).toBeGreaterThan(40);
  }
  await sim.close();
});

test("the past does not change as days go by", async () => {
  const sim = await startSmall({ scenario: "demo" });
  const aino = await connected(sim, "aino-virtanen");
  const nightsOf = async (): Promise<Map<string, string>> => {
    const { recharges } = (await aino.get("/v3/users/nightly-recharge")).json;
    return new Map(recharges.map((r: { date: string }) => [r.date, JSON.stringify(r)]));
  };
  const before = await nightsOf();
  await control(sim, "clock", { advanceMs: 2 * 86_400_000 });
  const after = await nightsOf();
  const shared = [...before.keys()].filter((date) => after.has(date));
  expect(shared.length).toBeGreaterThan(80);
  expect(shared.filter((date) => before.get(date) !== after.get(date))).toEqual([]);
  await sim.close();
});
