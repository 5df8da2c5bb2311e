import { job } from "@/inngest/job";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";

/** Pulls what one athlete has new at Polar. The lease in Postgres is the guarantee; the limits here only save effort. */
export const syncAthleteJob = job({
  id: "sync-athlete",
  on: "athlete/sync.requested",
  retries: 3,
  concurrency: [{ limit: 4 }, { limit: 1, key: "event.data.athleteId" }],
  givesUp: "athleteId",
  run: ({ data, step, context }) =>
    step.run("sync", async () => {
      // A stream that failed has its next try in its own state: the sweep asks when it has come.
      const { outcome, synced, failed } = await syncAthlete({ ctx: context(), input: data });
      return { outcome, synced: synced.length, failed: failed.length };
    }),
});
