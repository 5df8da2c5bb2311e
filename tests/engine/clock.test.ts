import { setTimeout as wait } from "node:timers/promises";
import type { Inngest } from "inngest";
import postgres, { type Sql } from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createEngineDatabase, type EngineDatabase } from "./database";
import { createRecorder, type EngineUnderTest, type Recorder, startEmbedded } from "./harness";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let database: EngineDatabase;
let sql: Sql;
let engine: EngineUnderTest | undefined;
let recorder: Recorder;
let now: Date;

beforeAll(async () => {
  database = await createEngineDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => {} });
});
beforeEach(async () => {
  recorder = createRecorder();
  now = new Date("2026-03-29T00:00:10Z");
  await sql`truncate engine.runs, engine.events, engine.clock, engine.throttles cascade`;
  await sql`truncate graphile_worker._private_jobs`;
});
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
});
afterAll(async () => {
  await sql.end();
  await database.drop();
});

const CRONS = { minutely: "* * * * *", often: "*/5 * * * *", nightly: "17 3 * * *", weekly: "41 2 * * 1" };

function scheduled(client: Inngest) {
  return Object.entries(CRONS).map(([id, cron]) =>
    client.createFunction({ id, triggers: { cron }, concurrency: { limit: 1 } }, ({ event }) => {
      recorder.note(id, new Date(event.ts ?? 0).toISOString().slice(5, 16));
    }),
  );
}

const start = async (build: Parameters<typeof startEmbedded>[0] = scheduled) => {
  engine = await startEmbedded(build, { clock: () => now, lookEveryMs: 5, backoff: () => 10 }, database);
  await vi.waitFor(async () => expect(await sql`select from engine.clock`).toHaveLength(1));
};

/** Sets the clock and waits until the engine has seen it and done what came of it. */
async function setClock(to: string): Promise<void> {
  now = new Date(to);
  const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS);
  await vi.waitFor(
    async () => {
      const [row] = await sql`
        select (select ticked_at from engine.clock) = ${minute} as ticked,
          not exists (select from engine.runs where state in ('queued', 'active')) as idle`;
      expect(row).toMatchObject({ ticked: true, idle: true });
    },
    { timeout: 15_000, interval: 20 },
  );
}

const fired = (id: keyof typeof CRONS) => recorder.of(id).map(({ detail }) => detail);

it("fires once for all the minutes that a machine slept over, with the latest of them", async () => {
  await start();
  await setClock("2026-03-29T09:03:00Z");
  expect(fired("minutely")).toEqual(["03-29T09:03"]);
  expect(fired("often")).toEqual(["03-29T09:00"]);
  expect(fired("nightly")).toEqual(["03-29T03:17"]);
  await setClock("2026-04-05T09:03:00Z");
  expect(fired("nightly")).toEqual(["03-29T03:17", "04-05T03:17"]);
  expect(fired("weekly")).toEqual(["03-30T02:41"]);
});

it("makes good once what was missed while it was off, and repeats nothing at a restart", async () => {
  await start();
  await setClock("2026-03-29T02:00:10Z");
  await engine?.stop();
  now = new Date("2026-03-29T09:00:20Z");
  await start();
  await setClock("2026-03-29T09:00:20Z");
  expect(fired("nightly")).toEqual(["03-29T03:17"]);
  expect(fired("minutely")).toEqual(["03-29T02:00", "03-29T09:00"]);
  await engine?.stop();
  await start();
  await wait(100);
  expect(fired("minutely")).toEqual(["03-29T02:00", "03-29T09:00"]);
});

it("goes on firing on a clock that was set back, also after a restart", async () => {
  await start();
  await setClock("2026-03-29T12:00:10Z");
  for (const time of ["09:00", "09:01", "09:02"]) await setClock(`2026-03-29T${time}:10Z`);
  await engine?.stop();
  now = new Date("2026-03-29T06:00:10Z");
  await start();
  for (const time of ["06:00", "06:01"]) await setClock(`2026-03-29T${time}:10Z`);
  expect(fired("minutely").map((at) => String(at).slice(6))).toEqual([
    "12:00",
    "09:00",
    "09:01",
    "09:02",
    "06:00",
    "06:01",
  ]);
});

it("lets one firing wait behind a run that takes long, not one for every minute", async () => {
  let release = () => {};
  await start((client) => [
    client.createFunction(
      { id: "slow", triggers: { cron: "* * * * *" }, concurrency: { limit: 1 } },
      async () => {
        recorder.note("slow");
        await new Promise<void>((resolve) => {
          release = resolve;
        });
      },
    ),
  ]);
  now = new Date(now.getTime() + MINUTE_MS);
  await recorder.until("slow", 1);
  for (let minute = 2; minute <= 30; minute += 1) {
    now = new Date(Date.parse("2026-03-29T00:00:10Z") + minute * MINUTE_MS);
    await vi.waitFor(async () => {
      const [row] = await sql`select ticked_at from engine.clock`;
      expect(row?.ticked_at.getUTCMinutes()).toBe(minute);
    });
  }
  expect(await sql`select state from engine.runs where state in ('queued', 'active') order by state`).toEqual(
    [{ state: "active" }, { state: "queued" }],
  );
  release();
  await recorder.until("slow", 2);
  release();
});

it("keeps a wait as long as it was when the database's clock is set back", async () => {
  await start((client) => [
    client.createFunction({ id: "asleep", triggers: { event: "x" } }, async ({ step }) => {
      await step.sleep("rest", "2s");
      await step.run("after", () => recorder.note("after"));
    }),
    client.createFunction(
      { id: "spaced", throttle: { limit: 1, period: "1s" }, triggers: { event: "y" } },
      () => recorder.note("spaced"),
    ),
  ]);
  await engine?.send([
    { name: "x", data: {} },
    { name: "y", data: {} },
  ]);
  await recorder.until("spaced", 1);
  await vi.waitFor(async () => {
    const rows = await sql`select from engine.runs where state = 'sleeping'`;
    expect(rows).toHaveLength(1);
  });
  // As if all of this had been written three hours later, before the clock went back.
  const ahead = sql`interval '3 hours'`;
  await sql.begin(async (tx) => {
    await tx`update engine.runs set due_at = due_at + ${ahead}`;
    await tx`update engine.steps set due_at = due_at + ${ahead}`;
    await tx`update engine.throttles set arrival_at = arrival_at + ${ahead}`;
    await tx`update graphile_worker._private_jobs set run_at = run_at + ${ahead}`;
    await tx`update engine.clock set database_at = database_at + ${ahead}`;
  });
  now = new Date(now.getTime() + MINUTE_MS);
  await recorder.until("after", 1, 10_000);
  await engine?.send([{ name: "y", data: {} }]);
  await recorder.until("spaced", 2, 10_000);
});

it("keeps runs on a schedule for a day and others for a week, whatever the number of ticks", async () => {
  await start((client) => [
    ...scheduled(client),
    client.createFunction({ id: "asked", triggers: { event: "x" } }, () => recorder.note("asked")),
  ]);
  await setClock("2026-03-29T00:00:10Z");
  await engine?.send([{ name: "x", data: {} }]);
  await recorder.until("asked", 1);
  const from = Date.parse("2026-03-29T00:30:00Z");
  for (let half = 1; half <= 4 * 48; half += 1)
    await setClock(new Date(from + (half * HOUR_MS) / 2).toISOString());
  const rows = await sql`
    select function_id, count(*)::int as runs from engine.runs group by function_id order by function_id`;
  const runs = Object.fromEntries(rows.map((row) => [row.function_id.replace("contract-", ""), row.runs]));
  expect(runs.minutely).toBeLessThanOrEqual(54);
  expect(runs.often).toBeLessThanOrEqual(54);
  expect(runs.asked).toBe(1);
}, 120_000);
