import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as jobsRoute } from "@/app/api/health/jobs/route";
import { beat } from "@/lib/services/health/check-jobs";
import { contextOf } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const ctx = () => contextOf(database.db, { now: new Date() });
const run = (statement: string) => database.db.execute(sql.raw(statement));

beforeAll(async () => {
  database = await freshDatabase();
  stubEnvironment({ DATABASE_URL: database.url });
});
beforeEach(async () => {
  vi.stubEnv("JOBS_ENGINE", "embedded");
  await run("delete from job_beats");
  await run("delete from outbox");
  await run("delete from engine.runs");
});
afterAll(async () => {
  const held = globalThis as typeof globalThis & { restdayDatabase?: { $client: { end(): Promise<void> } } };
  await held.restdayDatabase?.$client.end();
  await database.close();
});

const beatAgo = (interval: string, engine = "embedded") =>
  run(`insert into job_beats values ('${engine}', now() - interval '${interval}')`);
const eventAgo = (interval: string) =>
  run(`insert into outbox (name, data, recorded_at) values ('x', '{}', now() - interval '${interval}')`);
const runAgo = (state: string, interval: string, ended = "null") =>
  run(`insert into engine.runs (id, function_id, event, state, created_at, ended_at)
    values ('${randomUUID()}', 'restday-x', '{}', '${state}', now() - interval '${interval}', ${ended})`);

async function answer() {
  const response = await jobsRoute();
  return { status: response.status, body: await response.json() };
}

test("a worker that never was is none", async () => {
  const body = { engine: "embedded", worker: "none", lastWorkAt: null, oldestWaitingS: null };
  expect(await answer()).toEqual({ status: 503, body });
});

test("a worker that just ran a job is well, and nothing waits", async () => {
  await beat({ ctx: ctx() });
  const { status, body } = await answer();
  expect([status, body.worker, body.oldestWaitingS]).toEqual([200, "ok", null]);
  expect(Math.abs(Date.parse(body.lastWorkAt) - Date.now())).toBeLessThan(5_000);
});

test.each([
  ["4 minutes 50 seconds", 200, "ok"],
  ["5 minutes 10 seconds", 503, "stale"],
])("a worker whose last work was %s ago answers %i", async (ago, status, worker) => {
  await beatAgo(ago);
  expect(await answer()).toMatchObject({ status, body: { worker } });
});

test("any run that ended is work, too", async () => {
  await beatAgo("1 hour");
  await runAgo("finished", "2 hours", "now() - interval '1 minute'");
  expect(await answer()).toMatchObject({ status: 200, body: { worker: "ok" } });
});

test("events that nobody hands over make it stale, whatever the beats say", async () => {
  await beat({ ctx: ctx() });
  await eventAgo("6 minutes");
  const { status, body } = await answer();
  expect([status, body.worker]).toEqual([503, "stale"]);
  expect(body.oldestWaitingS).toBeGreaterThanOrEqual(360);
  expect(body.oldestWaitingS).toBeLessThan(370);
});

test("runs that wait for their turn are told and are no fault", async () => {
  await beat({ ctx: ctx() });
  await runAgo("queued", "20 minutes");
  await runAgo("sleeping", "3 days");
  const { status, body } = await answer();
  expect([status, body.worker]).toEqual([200, "ok"]);
  expect(body.oldestWaitingS).toBeGreaterThanOrEqual(1_200);
  expect(body.oldestWaitingS).toBeLessThan(1_210);
});

test("only jobs may say that jobs run", async () => {
  const visitor = { ...ctx(), actor: { kind: "visitor" } as const };
  await expect(beat({ ctx: visitor })).rejects.toMatchObject({ code: "forbidden" });
});
