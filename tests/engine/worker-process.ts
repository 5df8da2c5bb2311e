import { setTimeout as wait } from "node:timers/promises";
import { Inngest } from "inngest";
import postgres from "postgres";
import { createEmbeddedEngine } from "../../inngest/embedded/engine";
import { createTransport } from "../../inngest/transport";

/** A worker as a process of its own, so that tests can kill it. Its functions leave rows in `effects`. */
const url = process.env.ENGINE_URL ?? "";
const sql = postgres(url, { max: 4, onnotice: () => {}, connection: { role: "restday_app" } });
const transport = createTransport();
const silent = { debug() {}, info() {}, warn() {}, error: console.error };
const client = new Inngest({ id: "crash", fetch: transport.fetch, isDev: true, logger: silent });

const runOf = (event: { data?: unknown }) => (event.data as { run: string }).run;

async function effect(run: string, label: string): Promise<void> {
  await sql`insert into effects (run, label) values (${run}, ${label})`;
}

const slow = client.createFunction(
  { id: "slow", triggers: { event: "crash/slow" } },
  async ({ event, step }) => {
    const run = runOf(event);
    await step.run("first", () => effect(run, "first"));
    await step.run("second", async () => {
      await effect(run, "second begins");
      await wait(1_500);
      await effect(run, "second ends");
    });
    await step.run("third", () => effect(run, "third"));
  },
);

const asleep = client.createFunction(
  { id: "asleep", triggers: { event: "crash/asleep" } },
  async ({ event, step }) => {
    const run = runOf(event);
    await step.run("before", () => effect(run, "before"));
    await step.sleep("rest", "3s");
    await step.run("after", () => effect(run, "after"));
  },
);

const concurrency = { limit: 1, key: "event.data.athlete" };
const busy = client.createFunction(
  { id: "busy", concurrency, triggers: { event: "crash/busy" } },
  async ({ event, step }) => {
    const run = runOf(event);
    const work = (name: string) =>
      step.run(name, async () => {
        await wait(20);
        await effect(run, name);
      });
    await work("one");
    await Promise.all([work("two a"), work("two b")]);
    await step.run("three", () => effect(run, "three"));
  },
);

const engine = createEmbeddedEngine({
  client,
  transport,
  functions: [slow, asleep, busy],
  url,
  log: silent,
  lockLost: () => process.exit(3),
});
process.on("SIGTERM", () => engine.stop().then(() => process.exit(0)));
process.on("message", (events: { name: string; data: Record<string, unknown>; id?: string }[]) => {
  engine.send(events).then(() => process.send?.("sent"));
});
engine.start().then(() => process.send?.("ready"));
