import { type ChildProcess, type ForkOptions, fork as forkProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import postgres, { type Sql } from "postgres";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Bundle, bundleScript } from "../support/bundle";
import { createEngineDatabase, type EngineDatabase } from "./database";

let database: EngineDatabase;
let sql: Sql;
let script: Bundle;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  script = await bundleScript("tests/engine/worker-process.ts");
  database = await createEngineDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
});
afterEach(async () => {
  await kill();
});
afterAll(async () => {
  await sql.end();
  await database.drop();
  script.remove();
});

const fork = (options: ForkOptions = {}) =>
  forkProcess(script.path, { execArgv: [], env: { ...process.env, ENGINE_URL: database.url }, ...options });

async function start(): Promise<number> {
  const startedAt = Date.now();
  worker = fork();
  const [first] = await Promise.race([once(worker, "message"), once(worker, "exit").then(() => ["exit"])]);
  expect(first).toBe("ready");
  return Date.now() - startedAt;
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (!worker || worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, "exit");
  worker.kill(signal);
  await ended;
}
const kill = () => end("SIGKILL");

async function send(events: { name: string; data: Record<string, unknown>; id?: string }[]): Promise<void> {
  const answered = once(worker as ChildProcess, "message");
  worker?.send(events);
  await answered;
}

function effectsOf(run: string): Promise<string[]> {
  return sql`select label from effects where run = ${run} order by id`.then((rows) =>
    rows.map((row) => row.label),
  );
}

async function until(run: string, label: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await effectsOf(run)).includes(label)) {
    if (Date.now() > deadline) throw new Error(`no "${label}" of ${run}: ${await effectsOf(run)}`);
    await wait(25);
  }
}

/** An effect is seen before the engine has noted its step; a recorded sleep says that everything before it is noted too. */
async function untilAsleep(run: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const sleeps = await sql`
      select s.id from engine.steps s join engine.runs r on r.id = s.run_id
      where r.event -> 'data' ->> 'run' = ${run} and s.name = 'rest'`;
    if (sleeps.length > 0) return;
    if (Date.now() > deadline) throw new Error(`${run} never slept: ${await effectsOf(run)}`);
    await wait(25);
  }
}

async function countOpen(): Promise<number> {
  const [row] =
    await sql`select count(*)::int as open from engine.runs where state not in ('finished', 'failed')`;
  return row?.open;
}

async function untilAllEnded(): Promise<void> {
  const deadline = Date.now() + 60_000;
  while ((await countOpen()) > 0) {
    if (Date.now() > deadline) throw new Error(`${await countOpen()} runs are still open`);
    await wait(50);
  }
}

it("goes on after SIGKILL where it was: finished steps stay finished, the broken one runs again", async () => {
  await start();
  await send([{ name: "crash/slow", data: { run: "killed" } }]);
  await until("killed", "second begins");
  await kill();
  await start();
  await until("killed", "third");
  expect(await effectsOf("killed")).toEqual([
    "first",
    "second begins",
    "second begins",
    "second ends",
    "third",
  ]);
});

it("lets a step finish on SIGTERM and repeats nothing afterwards", async () => {
  await start();
  await send([{ name: "crash/slow", data: { run: "stopped" } }]);
  await until("stopped", "second begins");
  await end("SIGTERM");
  await start();
  await until("stopped", "third");
  expect(await effectsOf("stopped")).toEqual(["first", "second begins", "second ends", "third"]);
});

it("wakes every sleeping run although the worker was killed while they slept", async () => {
  const runs = Array.from({ length: 10 }, (_, n) => `asleep-${n}`);
  await start();
  await send(runs.map((run) => ({ name: "crash/asleep", data: { run } })));
  for (const run of runs) await untilAsleep(run);
  await kill();
  await start();
  for (const run of runs) {
    await until(run, "after");
    expect(await effectsOf(run)).toEqual(["before", "after"]);
  }
});

it("remembers event ids over a kill", async () => {
  const event = { name: "crash/slow", data: { run: "once" }, id: "one-event" };
  await start();
  await send([event]);
  await kill();
  await start();
  await send([event]);
  await until("once", "third");
  await untilAllEnded();
  expect((await effectsOf("once")).filter((label) => label === "third")).toHaveLength(1);
});

it("ends every run exactly once through five kills at odd moments", async () => {
  const runs = Array.from({ length: 40 }, (_, n) => `busy-${n}`);
  await start();
  await send(runs.map((run, n) => ({ name: "crash/busy", data: { run, athlete: `a${n % 8}` } })));
  const openAtKill: number[] = [];
  for (const pauseMs of [60, 130, 210, 90, 170]) {
    await wait(pauseMs);
    await kill();
    openAtKill.push(await countOpen());
    await start();
  }
  expect(openAtKill[0]).toBeGreaterThan(0);
  await untilAllEnded();
  for (const run of runs) {
    const labels = await effectsOf(run);
    const first = ["one", "two a", "two b", "three"].map((label) => labels.indexOf(label));
    expect(first.every((place) => place >= 0)).toBe(true);
    expect(labels.indexOf("three")).toBeGreaterThan(
      Math.max(labels.indexOf("two a"), labels.indexOf("two b")),
    );
    // A kill between the effect and its memo repeats that one step; nothing before it.
    expect(labels.lastIndexOf("one")).toBeLessThan(labels.indexOf("two a"));
  }
  const ended =
    await sql`select count(*)::int as runs, count(*) filter (where state = 'finished')::int as finished
    from engine.runs where function_id = 'crash-busy'`;
  expect(ended[0]).toEqual({ runs: 40, finished: 40 });
}, 120_000);

it("is at work again within seconds of a kill", async () => {
  await start();
  await kill();
  expect(await start()).toBeLessThan(20_000);
});

it("lets no second worker in beside a living one", async () => {
  await start();
  const second = fork({ stdio: "ignore" });
  const outcome = await Promise.race([
    once(second, "message").then(() => "started"),
    once(second, "exit").then(() => "refused"),
    wait(4_000).then(() => "waits"),
  ]);
  second.kill("SIGKILL");
  expect(outcome).toBe("waits");
});
