import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractFunctions } from "./contract-functions";
import { createRecorder, type EngineUnderTest, engines } from "./harness";

describe.each(engines)("the $name engine", ({ start }) => {
  const recorder = createRecorder();
  let engine: EngineUnderTest;
  const send = (name: string, data: Record<string, unknown> = {}, id?: string) =>
    engine.send([{ name, data: { run: randomUUID(), ...data }, ...(id ? { id } : {}) }]);

  beforeAll(async () => {
    engine = await start((client) => contractFunctions(client, recorder));
  }, 60_000);
  afterAll(() => engine.stop(), 30_000);

  it("runs the steps of a function once each, in order, and hands on their results as JSON", async () => {
    await send("test/steps", { run: "in-order" });
    const [third] = await recorder.until("third", 1);
    expect(recorder.of("first")).toHaveLength(1);
    expect(recorder.of("second")).toHaveLength(1);
    expect(third?.detail).toMatchObject({
      run: "in-order",
      day: { at: "1970-01-01T00:00:00.000Z" },
      count: 2,
    });
  });

  it("tries retries + 1 times, waits as asked, then calls onFailure once with the original event", async () => {
    await send("test/retrying", { athlete: "a1" });
    const [failure] = await recorder.until("retrying onFailure", 1);
    const tries = recorder.of("retrying try");
    expect(tries.map((observation) => observation.detail)).toEqual([0, 1, 2]);
    for (const [index, observation] of tries.entries()) {
      if (index > 0) expect(observation.at - (tries[index - 1]?.at ?? 0)).toBeGreaterThan(900);
    }
    expect(recorder.of("retrying before")).toHaveLength(1);
    expect(failure?.detail).toMatchObject({
      function_id: expect.stringMatching(/-retrying$/),
      run_id: expect.any(String),
      event: { name: "test/retrying", data: { athlete: "a1" } },
      error: { message: "not yet" },
    });
    await wait(1_500);
    expect(recorder.of("retrying onFailure")).toHaveLength(1);
  });

  it("counts attempts for the function itself and forgets a failure that was overcome", async () => {
    await send("test/recovering");
    await recorder.until("recovering done", 1);
    expect(recorder.of("recovering try").map((observation) => observation.detail)).toEqual([0, 1, 2]);
    expect(recorder.of("recovering onFailure")).toHaveLength(0);
  });

  it("does not retry what is final", async () => {
    await send("test/final");
    await recorder.until("final onFailure", 1);
    expect(recorder.of("final try")).toHaveLength(1);
  });

  it("lets a function catch the failure of a step", async () => {
    await send("test/catching");
    const [after] = await recorder.until("catching after", 1);
    expect(after?.detail).toBe("went on after caught");
  });

  it("starts one run for one event id", async () => {
    const before = recorder.of("first").length;
    const id = randomUUID();
    await Promise.all([send("test/steps", { run: "twin" }, id), send("test/steps", { run: "twin" }, id)]);
    await send("test/steps", { run: "twin" }, id);
    await recorder.until("first", before + 1);
    await wait(1_500);
    expect(recorder.of("first")).toHaveLength(before + 1);
  });

  it("works on one run for each key and three for the function at a time, in the order they came", async () => {
    const data = Array.from({ length: 12 }, (_, n) => ({ athlete: `a${n % 4}`, n }));
    await engine.send(data.map((fields) => ({ name: "test/serial", data: fields })));
    await recorder.until("serial end", 12);
    const seen = [...recorder.of("serial start"), ...recorder.of("serial end")];
    const inOrder = seen
      .map((observation, index) => ({ ...observation, index, delta: index < 12 ? 1 : -1 }))
      .sort((a, b) => a.at - b.at || a.delta - b.delta);
    const running = new Map<string, number>();
    let total = 0;
    for (const { detail, delta } of inOrder) {
      const { athlete } = detail as { athlete: string };
      total += delta;
      running.set(athlete, (running.get(athlete) ?? 0) + delta);
      expect(running.get(athlete)).toBeLessThanOrEqual(1);
      expect(total).toBeLessThanOrEqual(3);
    }
    for (const athlete of ["a0", "a1", "a2", "a3"]) {
      const order = recorder
        .of("serial start")
        .map((observation) => observation.detail as { athlete: string; n: number });
      const own = order.filter((fields) => fields.athlete === athlete).map((fields) => fields.n);
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
  });

  it("skips an event whose singleton is running, also while it sleeps", async () => {
    await send("test/single", { athlete: "s1" });
    await recorder.until("single start", 1);
    await Promise.all([send("test/single", { athlete: "s1" }), send("test/single", { athlete: "s2" })]);
    await recorder.until("single end", 2);
    await wait(500);
    expect(
      recorder
        .of("single start")
        .map((observation) => observation.detail)
        .sort(),
    ).toEqual(["s1", "s2"]);
    await send("test/single", { athlete: "s1" });
    await recorder.until("single end", 3);
  });

  it("spaces the starts of a throttled function and drops none", async () => {
    await engine.send([1, 2, 3].map((n) => ({ name: "test/throttled", data: { n } })));
    const starts = await recorder.until("throttled", 3);
    for (const [index, observation] of starts.entries()) {
      if (index > 0) expect(observation.at - (starts[index - 1]?.at ?? 0)).toBeGreaterThan(1_700);
    }
  });

  it("sleeps for as long as asked", async () => {
    await send("test/sleeping");
    const [after] = await recorder.until("sleeping after", 1);
    const [before] = recorder.of("sleeping before");
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
    expect((after?.at ?? 0) - (before?.at ?? 0)).toBeLessThan(8_000);
    expect(recorder.of("sleeping before")).toHaveLength(1);
  });

  it("runs parallel steps side by side and retries only the one that failed", async () => {
    await send("test/parallel");
    const [joined] = await recorder.until("joined", 1);
    expect(joined?.detail).toEqual(["a", "b", "flaky", "c"]);
    expect(recorder.of("branch start")).toHaveLength(3);
    expect(recorder.of("flaky try")).toHaveLength(2);
    const lastStart = Math.max(...recorder.of("branch start").map(({ at }) => at));
    expect(lastStart).toBeLessThan(Math.min(...recorder.of("branch end").map(({ at }) => at)));
  });

  it("sends events from a step, once", async () => {
    await send("test/fan-out", { run: randomUUID() });
    await recorder.until("child", 20);
    await recorder.until("fan-out sent", 1);
    await wait(500);
    const children = recorder.of("child").map((observation) => observation.detail as number);
    expect(children.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it("fires a schedule on the minute", async () => {
    const [fired] = await recorder.until("minute", 1, 75_000);
    expect(new Date(fired?.at ?? 0).getUTCSeconds()).toBeLessThan(10);
    expect(fired?.detail).toMatchObject({
      name: "inngest/scheduled.timer",
      data: { cron: "TZ=Europe/Helsinki * * * * *" },
    });
  }, 90_000);
});
