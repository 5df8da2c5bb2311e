import { RetryAfterError } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { reprocessRequested } from "@/inngest/events";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { reprocess } from "@/lib/services/payloads/reprocess";

const id = "reprocess-athlete";
const BUSY_S = 30;

/** Reads one athlete's stored payloads again; waits while the athlete is being synced. */
export const reprocessAthleteJob = inngest.createFunction(
  {
    id,
    triggers: [reprocessRequested],
    retries: 10,
    concurrency: [{ limit: 1 }],
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
    step.run("reprocess", async () => {
      const { athleteId } = event.data;
      const input = { athleteId, stream: null, since: null, mode: "write" } as const;
      const { athletes, busy } = await reprocess({ ctx: jobContext(id), input });
      if (busy.length > 0) throw new RetryAfterError("The athlete is being synced", `${BUSY_S}s`);
      return { differences: athletes.reduce((sum, one) => sum + one.differences.length, 0) };
    }),
);
