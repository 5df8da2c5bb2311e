import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { GET as jobsRoute } from "@/app/api/health/jobs/route";
import { beat } from "@/lib/services/jobs/health";
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

/** A port of this machine on which nobody answers. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === "string") throw new Error("no port to be had on loopback");
  return address.port;
}

/** The product's own worker as a process, until it has said something. */
async function workerThatSays(words: string): Promise<{ stop(): Promise<unknown> }> {
  const child = spawn(process.execPath, ["--import", "tsx", "inngest/worker.ts"], { env: process.env });
  const ended = once(child, "exit");
  let said = "";
  await new Promise<void>((heard, failed) => {
    const listen = (part: Buffer) => {
      said += part.toString();
      if (said.includes(words)) heard();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.once("exit", () => failed(new Error(`the worker ended: ${said}`)));
  });
  return {
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

test("with an Inngest server that nobody can reach no worker is ever ok, whatever ran before and however long", async () => {
  vi.stubEnv("JOBS_ENGINE", "inngest");
  vi.stubEnv("INNGEST_DEV", "1");
  vi.stubEnv("INNGEST_BASE_URL", `http://127.0.0.1:${await closedPort()}`);
  // The environment is read once: the route as a process with these settings has it.
  vi.resetModules();
  const { GET } = await import("@/app/api/health/jobs/route");
  const health = async () => {
    const response = await GET();
    return { status: response.status, ...(await response.json()) };
  };
  // Jobs of the embedded engine, just before the engine was changed, say nothing of the server.
  await beatAgo("1 second");
  await runAgo("finished", "10 seconds", "now()");
  await eventAgo("2 seconds");
  const worker = await workerThatSays("events could not be relayed; they wait");
  try {
    const none = { status: 503, engine: "inngest", worker: "none", lastWorkAt: null };
    expect(await health()).toMatchObject(none);
    expect((await health()).oldestWaitingS).toBeGreaterThanOrEqual(2);
    await run("update outbox set recorded_at = now() - interval '1 hour'");
    expect(await health()).toMatchObject({ ...none, oldestWaitingS: expect.toSatisfy((s) => s >= 3_600) });
    expect(await database.db.execute(sql`select relayed_at from outbox`)).toMatchObject([
      { relayed_at: null },
    ]);
    // It ran once: since then nothing is handed over, or nothing comes back.
    await beatAgo("1 second", "inngest");
    expect(await health()).toMatchObject({ status: 503, worker: "stale" });
    await run("delete from outbox where name <> ''");
    await run("update job_beats set beat_at = now() - interval '6 minutes'");
    expect(await health()).toMatchObject({ status: 503, worker: "stale", oldestWaitingS: null });
  } finally {
    await worker.stop();
    vi.resetModules();
  }
});

test("only jobs may say that jobs run", async () => {
  const visitor = { ...ctx(), actor: { kind: "visitor" } as const };
  await expect(beat({ ctx: visitor })).rejects.toMatchObject({ code: "forbidden" });
});
