import { RetryAfterError } from "inngest";
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
      const result = await syncAthlete({ ctx: jobContext(id), input: event.data });
      if (result.failed.length > 0 && result.retryAt)
        throw new RetryAfterError(`Streams failed: ${result.failed.join(", ")}`, result.retryAt);
      return { outcome: result.outcome, synced: result.synced.length };
    }),
);
