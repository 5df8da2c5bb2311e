import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { syncRequested } from "@/inngest/events";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";

const id = "sync-athlete";

/** Pulls what one athlete has new at Polar. The lease in Postgres is the guarantee; the limits here only save effort. */
export const syncAthleteJob = inngest.createFunction(
  {
    id,
    triggers: [syncRequested],
    retries: 3,
    concurrency: [{ limit: 4 }, { limit: 1, key: "event.data.athleteId" }],
    onFailure: ({ event, error }) =>
      recordJobFailure({
        ctx: jobContext(id),
        input: {
          functionId: id,
          subjectId: String(event.data.event.data?.athleteId ?? ""),
          error: error.message,
        },
      }),
  },
  ({ event, step }) =>
    step.run("sync", async () => {
      // A stream that failed has its next try in its own state: the sweep asks when it has come.
      const { outcome, synced, failed } = await syncAthlete({ ctx: jobContext(id), input: event.data });
      return { outcome, synced: synced.length, failed: failed.length };
    }),
);
