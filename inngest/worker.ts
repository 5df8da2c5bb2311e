import { currentTime } from "@/lib/clock";
import { env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { relayOutbox } from "@/lib/services/events/outbox";
import { beat } from "@/lib/services/jobs/health";
import { recoverSyncs } from "@/lib/services/sync/cycle";
import { ensureWebhook } from "@/lib/services/webhooks/manage";
import { inngest, transport } from "./client";
import { watchClock } from "./clock-watch";
import { closeJobDatabase, jobContext } from "./context";
import { createEmbeddedEngine } from "./embedded/engine";
import { functions } from "./functions/index";
import { startRelayLoop } from "./relay-loop";

/** The background process: runs the jobs itself, or only relays events when an Inngest server runs them. */
const log = createLog("worker");
const relayBatch = 200;

type Event = { id: string; name: string; data: Record<string, unknown> };
type Jobs = { send(events: Event[]): Promise<unknown>; stop(): Promise<void> };

async function startEmbedded(): Promise<Jobs> {
  const engine = createEmbeddedEngine({
    client: inngest,
    transport,
    functions,
    url: env().DATABASE_URL,
    log,
    clock: currentTime,
    lockLost: () => quit("the lock that makes this the only worker was lost"),
    // Of the only worker, before its first job: a lease that is still held belongs to one that was killed.
    beforeJobs: () => recoverSyncs({ ctx: jobContext("recover-syncs") }),
  });
  await engine.start();
  await beat({ ctx: jobContext("start") });
  return engine;
}

function quit(reason: string): never {
  log.fatal({ reason }, "worker stops");
  process.exit(1);
}

async function main(): Promise<void> {
  const jobs: Jobs =
    env().JOBS_ENGINE === "embedded"
      ? await startEmbedded()
      : { send: (events) => inngest.send(events), stop: async () => {} };
  const { db } = jobContext("relay");
  const relay = startRelayLoop(
    async () => {
      const relayed = await relayOutbox({
        db,
        send: (events) => jobs.send(events).then(() => {}),
        limit: relayBatch,
      });
      return relayed === relayBatch ? "full" : "drained";
    },
    (err) => log.error({ err }, "events could not be relayed; they wait"),
  );
  const watch = watchClock({
    clock: currentTime,
    jumped: (byMs) =>
      log.warn({ bySeconds: Math.round(byMs / 1_000) }, "the clock jumped, or the machine slept"),
  });
  stopWhenAsked(async () => {
    watch.stop();
    await relay.stop();
    await jobs.stop();
    await closeJobDatabase();
  });
  await ensureWebhook({ ctx: jobContext("ensure-webhook") });
}

function stopWhenAsked(stop: () => Promise<void>): void {
  let asked = false;
  const end = () => {
    if (asked) return;
    asked = true;
    // A step that does not end is cut off; the next start repeats it.
    setTimeout(() => quit("a job did not end in time"), 10_000).unref();
    stop().then(
      () => process.exit(0),
      (err) => quit(String(err)),
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  // The channel to `npm start` closes with it, also when it is killed.
  process.on("disconnect", end);
}

main().catch((err) => {
  log.fatal({ err }, "worker could not start");
  process.exit(1);
});
