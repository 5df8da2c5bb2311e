import { setTimeout as wait } from "node:timers/promises";
import { type Inngest, NonRetriableError, RetryAfterError } from "inngest";
import type { Recorder } from "./harness";

type Fields = { run: string; athlete?: string; n?: number };

const fields = (event: { data?: unknown }) => event.data as Fields;

function failureHandler(recorder: Recorder, name: string) {
  return ({
    event,
  }: {
    event: { data: { function_id: string; run_id: string; event: unknown } };
    error: Error;
  }) => {
    recorder.note(`${name} onFailure`, event.data);
  };
}

function steps(client: Inngest, recorder: Recorder) {
  return client.createFunction(
    { id: "steps", triggers: { event: "test/steps" } },
    async ({ event, step, runId }) => {
      const { run } = fields(event);
      const day = await step.run("first", () => {
        recorder.note("first", run);
        return { at: new Date(0), none: undefined };
      });
      const count = await step.run("second", () => {
        recorder.note("second", run);
        return 2;
      });
      await step.run("third", () => recorder.note("third", { run, day, count, runId }));
    },
  );
}

function retrying(client: Inngest, recorder: Recorder) {
  const onFailure = failureHandler(recorder, "retrying");
  const options = { id: "retrying", retries: 2 as const, triggers: { event: "test/retrying" }, onFailure };
  return client.createFunction(options, async ({ step, attempt }) => {
    await step.run("before", () => recorder.note("retrying before"));
    await step.run("fails", () => {
      recorder.note("retrying try", attempt);
      throw new RetryAfterError("not yet", "1s");
    });
  });
}

function recovering(client: Inngest, recorder: Recorder) {
  const onFailure = failureHandler(recorder, "recovering");
  const options = {
    id: "recovering",
    retries: 3 as const,
    triggers: { event: "test/recovering" },
    onFailure,
  };
  return client.createFunction(options, async ({ attempt }) => {
    recorder.note("recovering try", attempt);
    if (attempt < 2) throw new RetryAfterError("not yet", "1s");
    recorder.note("recovering done");
  });
}

function final(client: Inngest, recorder: Recorder) {
  const onFailure = failureHandler(recorder, "final");
  return client.createFunction(
    { id: "final", triggers: { event: "test/final" }, onFailure },
    async ({ step }) => {
      await step.run("fails", () => {
        recorder.note("final try");
        throw new NonRetriableError("never");
      });
    },
  );
}

function catching(client: Inngest, recorder: Recorder) {
  return client.createFunction({ id: "catching", triggers: { event: "test/catching" } }, async ({ step }) => {
    const outcome = await step
      .run("fails", () => {
        throw new NonRetriableError("caught");
      })
      .catch((error: Error) => `went on after ${error.message}`);
    await step.run("after", () => recorder.note("catching after", outcome));
  });
}

function serial(client: Inngest, recorder: Recorder) {
  const concurrency: [{ limit: number; key: string }, { limit: number }] = [
    { limit: 1, key: "event.data.athlete" },
    { limit: 3 },
  ];
  const options = { id: "serial", concurrency, triggers: { event: "test/serial" } };
  return client.createFunction(options, async ({ event, step }) => {
    const { athlete, n } = fields(event);
    await step.run("work", async () => {
      recorder.note("serial start", { athlete, n });
      await wait(150);
      recorder.note("serial end", { athlete, n });
    });
  });
}

function single(client: Inngest, recorder: Recorder) {
  const singleton = { key: "event.data.athlete", mode: "skip" as const };
  return client.createFunction(
    { id: "single", singleton, triggers: { event: "test/single" } },
    async ({ event, step }) => {
      const { athlete } = fields(event);
      await step.run("start", () => recorder.note("single start", athlete));
      await step.sleep("pause", "2s");
      await step.run("end", () => recorder.note("single end", athlete));
    },
  );
}

function throttled(client: Inngest, recorder: Recorder) {
  const throttle = { limit: 1, period: "2s" as const };
  return client.createFunction(
    { id: "throttled", throttle, triggers: { event: "test/throttled" } },
    async ({ step }) => {
      await step.run("start", () => recorder.note("throttled"));
    },
  );
}

function sleeping(client: Inngest, recorder: Recorder) {
  return client.createFunction({ id: "sleeping", triggers: { event: "test/sleeping" } }, async ({ step }) => {
    await step.run("before", () => recorder.note("sleeping before"));
    await step.sleep("rest", "2s");
    await step.run("after", () => recorder.note("sleeping after"));
  });
}

function parallel(client: Inngest, recorder: Recorder) {
  return client.createFunction({ id: "parallel", triggers: { event: "test/parallel" } }, async ({ step }) => {
    let tries = 0;
    const branch = (name: string) =>
      step.run(name, async () => {
        recorder.note("branch start", name);
        await wait(300);
        recorder.note("branch end", name);
        return name;
      });
    const flaky = step.run("flaky", ({ attempt }: { attempt?: number } = {}) => {
      tries += 1;
      recorder.note("flaky try", attempt ?? tries);
      if (recorder.of("flaky try").length === 1) throw new RetryAfterError("once more", "1s");
      return "flaky";
    });
    const names = await Promise.all([branch("a"), branch("b"), flaky, branch("c")]);
    await step.run("joined", () => recorder.note("joined", names));
  });
}

function fanOut(client: Inngest, recorder: Recorder) {
  const parent = client.createFunction(
    { id: "fan-out", triggers: { event: "test/fan-out" } },
    async ({ event, step }) => {
      const { run } = fields(event);
      const children = Array.from({ length: 20 }, (_, n) => ({
        name: "test/child",
        id: `${run}-${n}`,
        data: { run, n },
      }));
      await step.sendEvent("children", children);
      await step.run("sent", () => recorder.note("fan-out sent"));
    },
  );
  const child = client.createFunction(
    { id: "child", triggers: { event: "test/child" } },
    async ({ event }) => {
      recorder.note("child", fields(event).n);
    },
  );
  return [parent, child];
}

function everyMinute(client: Inngest, recorder: Recorder) {
  return client.createFunction(
    { id: "every-minute", triggers: { cron: "TZ=Europe/Helsinki * * * * *" } },
    async ({ event }) => {
      recorder.note("minute", event);
    },
  );
}

/** One function for each feature of the contract. */
export function contractFunctions(client: Inngest, recorder: Recorder) {
  const makers = [
    steps,
    retrying,
    recovering,
    final,
    catching,
    serial,
    single,
    throttled,
    sleeping,
    parallel,
    everyMinute,
  ];
  return [...makers.map((make) => make(client, recorder)), ...fanOut(client, recorder)];
}
