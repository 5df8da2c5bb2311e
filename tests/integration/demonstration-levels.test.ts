import { afterAll, beforeAll, expect, test } from "vitest";
import { scoreDays } from "@/lib/readiness/score";
import type { DayInput, ScoredDay } from "@/lib/readiness/types";
import { startSimulator } from "@/simulator/server";

type Sim = Awaited<ReturnType<typeof startSimulator>>;
type Recharge = { date: string; heart_rate_variability_avg: number };
type Sleep = { date: string; device_id: string };
type Load = { date: string; cardio_load: number };

let sim: Sim;
beforeAll(async () => {
  sim = await startSimulator({ scenario: "demo" });
});
afterAll(() => sim.close());

async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(`${sim.url}${path}`, init);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** An athlete's days as Polar tells them; load that no device recorded counts as none once a night followed. */
async function daysOf(login: string): Promise<DayInput[]> {
  const token = await ask<{ access_token: string }>(`/_sim/users/${login}/token`, { method: "POST" });
  const headers = { authorization: `Bearer ${token.access_token}` };
  await ask("/v3/users", { method: "POST", headers, body: JSON.stringify({ "member-id": login }) });
  const { nights } = await ask<{ nights: Sleep[] }>("/v3/users/sleep", { headers });
  const { recharges } = await ask<{ recharges: Recharge[] }>("/v3/users/nightly-recharge", { headers });
  const loads = await ask<Load[]>("/v3/users/cardio-load", { headers });
  const rmssd = new Map(recharges.map((r) => [r.date, r.heart_rate_variability_avg]));
  const device = new Map(nights.map((night) => [night.date, night.device_id]));
  const [latest, first] = [nights[0]?.date ?? "", nights.at(-1)?.date ?? ""];
  return loads
    .filter((day) => day.date >= first)
    .map(({ date, cardio_load }) => {
      const deviceId = device.get(date);
      const load = cardio_load >= 0 ? cardio_load : date < latest ? 0 : null;
      return { date, rmssdMs: rmssd.get(date) ?? null, load, ...(deviceId ? { deviceId } : {}) };
    });
}

async function todayOf(login: string): Promise<ScoredDay | undefined> {
  return scoreDays({ settings: { baselineDays: 60, preset: "brief" }, days: await daysOf(login) }).at(-1);
}

test.each([
  ["aino-virtanen", "recovery", null],
  ["mateo-rojas", "recovery", null],
  ["yuki-tanaka", "flag", null],
  ["bram-de-wit", "flag", null],
  ["leila-karimi", "unexplained", null],
  ["jonas-weber", "watch", null],
  ["sofia-martin", "high", null],
  ["emil-sorensen", "steady", null],
  ["priya-nair", "no-verdict", "no-reading"],
  ["oskar-lund", "no-verdict", "baseline-building"],
  ["zanele-dlamini", "no-verdict", "device-changed"],
  ["callum-reid", "no-verdict", "suspect"],
])("the demonstration tells %s as %s", async (login, level, reason) => {
  expect(await todayOf(login)).toMatchObject({ level, reason });
});

test("the replayed people have firm baselines and more than one level among them", async () => {
  const { athletes } = await ask<{ athletes: { login: string; story: string }[] }>("/_sim/athletes");
  const replayed = athletes.filter((athlete) => athlete.story.includes("LifeSnaps"));
  const days = await Promise.all(replayed.map(({ login }) => todayOf(login)));
  expect(days).toHaveLength(12);
  expect(days.every((day) => day?.baseline.grade === "firm")).toBe(true);
  expect(new Set(days.map((day) => day?.level)).size).toBeGreaterThanOrEqual(4);
});
