import { Inngest, type InngestFunction } from "inngest";
import { expect, it } from "vitest";
import { createHandler } from "./handler";
import { planFunctions, UnsupportedFunctionsError } from "./plan";

const client = new Inngest({ id: "app", isDev: true });
type Options = Parameters<typeof client.createFunction>[0];
const functionOf = (options: object): InngestFunction.Any =>
  client.createFunction({ id: "job", triggers: { event: "a/b" }, ...options } as Options, async () => {});

async function plansOf(...functions: InngestFunction.Any[]) {
  return planFunctions(await createHandler(client, functions).sync());
}

async function problemsOf(options: object): Promise<readonly string[]> {
  try {
    await plansOf(functionOf(options));
  } catch (error) {
    if (error instanceof UnsupportedFunctionsError) return error.problems;
    throw error;
  }
  return [];
}

it("reads what the SDK says about a function", async () => {
  const [plan, failure] = await plansOf(
    functionOf({
      triggers: [{ event: "a/b" }, { event: "a/c" }, { cron: "TZ=Europe/Helsinki 0 7 * * 1" }],
      retries: 5,
      concurrency: [{ limit: 1, key: "event.data.athleteId" }, { limit: 4 }],
      singleton: { key: "event.data.athleteId", mode: "skip" },
      throttle: { limit: 2, period: "1m", burst: 3, key: "event.data.host" },
      onFailure: async () => {},
    }),
  );
  expect(plan).toMatchObject({
    id: "app-job",
    events: ["a/b", "a/c"],
    maxAttempts: 6,
    failureOf: undefined,
    concurrency: [
      { limit: 1, key: ["data", "athleteId"] },
      { limit: 4, key: undefined },
    ],
    singleton: { key: ["data", "athleteId"] },
    throttle: { limit: 2, periodMs: 60_000, burst: 3, key: ["data", "host"] },
  });
  expect(plan?.crons.map((cron) => cron.text)).toEqual(["TZ=Europe/Helsinki 0 7 * * 1"]);
  expect(failure).toMatchObject({ id: "app-job-failure", failureOf: "app-job", maxAttempts: 2 });
});

it("tries four times where nothing is said", async () => {
  expect((await plansOf(functionOf({})))[0]?.maxAttempts).toBe(4);
});

it.each<[string, object]>([
  ["idempotency", { idempotency: "event.data.id" }],
  ["rateLimit", { rateLimit: { limit: 1, period: "1m" } }],
  ["debounce", { debounce: { period: "1m" } }],
  ["batchEvents", { batchEvents: { maxSize: 2, timeout: "5s" } }],
  ["priority", { priority: { run: "100" } }],
  ["timeouts", { timeouts: { start: "1m" } }],
  ["cancel", { cancelOn: [{ event: "a/stop" }] }],
  ["singleton.mode", { singleton: { mode: "cancel" } }],
  ["concurrency", { concurrency: { limit: 1, scope: "account", key: "event.data.x" } }],
  [
    'the concurrency key "event.data.a + event.data.b"',
    { concurrency: { limit: 1, key: "event.data.a + event.data.b" } },
  ],
  ['the trigger condition "event.data.x > 1"', { triggers: { event: "a/b", if: "event.data.x > 1" } }],
  ["triggers.0.jitter", { triggers: { cron: "0 * * * *", jitter: "1m" } }],
  ['the schedule "*/5 * * * * *"', { triggers: { cron: "*/5 * * * * *" } }],
  ['the schedule "TZ=Nowhere/City 0 * * * *"', { triggers: { cron: "TZ=Nowhere/City 0 * * * *" } }],
])("refuses %s by name", async (feature, options) => {
  const problems = await problemsOf(options);
  expect(problems).toEqual([
    `Function "app-job" uses ${feature}, which the embedded job engine does not support.`,
  ]);
});

it("names every problem of every function at once", async () => {
  const functions = [
    functionOf({ id: "one", debounce: { period: "1m" } }),
    functionOf({ id: "two", priority: { run: "1" }, idempotency: "event.data.id" }),
  ];
  const refused = plansOf(...functions);
  await expect(refused).rejects.toThrow(
    /"app-one" uses debounce.*"app-two" uses idempotency.*"app-two" uses priority/,
  );
});
