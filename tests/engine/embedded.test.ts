import { setTimeout as wait } from "node:timers/promises";
import { NonRetriableError } from "inngest";
import { afterEach, expect, it } from "vitest";
import { createRecorder, type EngineUnderTest, startEmbedded } from "./harness";

let engine: EngineUnderTest | undefined;
afterEach(async () => {
  await engine?.stop();
  engine = undefined;
});

it("waits between attempts in the order of its backoff", async () => {
  const recorder = createRecorder();
  const waits = [300, 700, 1_500];
  engine = await startEmbedded(
    (client) => [
      client.createFunction(
        { id: "failing", retries: 3, triggers: { event: "x" }, onFailure: () => recorder.note("failed") },
        ({ attempt }) => {
          recorder.note("try", attempt);
          throw new Error("always");
        },
      ),
    ],
    { backoff: (attempt) => waits[attempt] ?? 0 },
  );
  await engine.send([{ name: "x", data: {} }]);
  await recorder.until("failed", 1);
  const tries = recorder.of("try");
  expect(tries.map(({ detail }) => detail)).toEqual([0, 1, 2, 3]);
  for (const [index, least] of waits.entries()) {
    expect((tries[index + 1]?.at ?? 0) - (tries[index]?.at ?? 0)).toBeGreaterThanOrEqual(least);
  }
});

it("lets a failing branch wait for its own retry while the others finish, and reports it to the function", async () => {
  const recorder = createRecorder();
  engine = await startEmbedded(
    (client) => [
      client.createFunction({ id: "branches", retries: 1, triggers: { event: "x" } }, async ({ step }) => {
        const settled = await Promise.allSettled([
          step.run("good", () => recorder.note("good")),
          step.run("bad", () => {
            recorder.note("bad");
            throw new Error("bad branch");
          }),
          step.run("final", () => {
            recorder.note("final");
            throw new NonRetriableError("final branch");
          }),
        ]);
        await step.run("after", () =>
          recorder.note(
            "after",
            settled.map(({ status }) => status),
          ),
        );
      }),
    ],
    { backoff: () => 300 },
  );
  await engine.send([{ name: "x", data: {} }]);
  const [after] = await recorder.until("after", 1);
  expect(after?.detail).toEqual(["fulfilled", "rejected", "rejected"]);
  expect([recorder.of("good"), recorder.of("bad"), recorder.of("final")].map(({ length }) => length)).toEqual(
    [1, 2, 1],
  );
});

it("fails a run that uses an unsupported step, naming function and step, without retries", async () => {
  const recorder = createRecorder();
  engine = await startEmbedded((client) => [
    client.createFunction(
      {
        id: "waiting",
        triggers: { event: "x" },
        onFailure: (failure: { error: Error }) => recorder.note("failed", failure.error.message),
      },
      async ({ step }) => {
        await step.waitForEvent("an answer", { event: "y", timeout: "1m" });
      },
    ),
  ]);
  await engine.send([{ name: "x", data: {} }]);
  const [failed] = await recorder.until("failed", 1);
  expect(failed?.detail).toBe(
    'Function "contract-waiting" uses WaitForEvent in "an answer", which the embedded job engine does not support.',
  );
});

it("gives a concurrency slot back while a run waits for its retry", async () => {
  const recorder = createRecorder();
  engine = await startEmbedded(
    (client) => [
      client.createFunction(
        {
          id: "slots",
          retries: 1,
          concurrency: { limit: 1, key: "event.data.athlete" },
          triggers: { event: "x" },
        },
        async ({ event, attempt }) => {
          recorder.note("run", `${event.data.n}:${attempt}`);
          if (event.data.n === 1 && attempt === 0) throw new Error("once");
        },
      ),
    ],
    { backoff: () => 1_000 },
  );
  await engine.send([1, 2].map((n) => ({ name: "x", data: { athlete: "a", n } })));
  await recorder.until("run", 3);
  expect(recorder.of("run").map(({ detail }) => detail)).toEqual(["1:0", "2:0", "1:1"]);
});

it("ignores events that start nothing", async () => {
  const recorder = createRecorder();
  engine = await startEmbedded((client) => [
    client.createFunction({ id: "other", triggers: { event: "x" } }, async () => recorder.note("ran")),
  ]);
  await engine.send([
    { name: "nobody/listens", data: {} },
    { name: "x", data: {} },
  ]);
  await recorder.until("ran", 1);
  await wait(300);
  expect(recorder.of("ran")).toHaveLength(1);
});

it("takes hundreds of runs through at once", async () => {
  const recorder = createRecorder();
  engine = await startEmbedded((client) => [
    client.createFunction(
      { id: "many", concurrency: { limit: 50 }, triggers: { event: "x" } },
      async ({ step }) => {
        await step.run("one", () => 1);
        await step.run("two", () => 2);
        await step.run("three", () => recorder.note("done"));
      },
    ),
  ]);
  const startedAt = Date.now();
  await engine.send(Array.from({ length: 300 }, (_, n) => ({ name: "x", data: { n } })));
  await recorder.until("done", 300, 100_000);
  console.log(`300 runs of three steps: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`);
}, 120_000);
