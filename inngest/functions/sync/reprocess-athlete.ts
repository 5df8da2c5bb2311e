import { RetryAfterError } from "inngest";
import { job } from "@/inngest/job";
import { reprocess } from "@/lib/services/payloads/reprocess";

const BUSY_S = 30;

/** Reads one athlete's stored payloads again; waits while the athlete is being synced. */
export const reprocessAthleteJob = job({
  id: "reprocess-athlete",
  on: "athlete/reprocess.requested",
  retries: 10,
  concurrency: [{ limit: 1 }],
  givesUp: "athleteId",
  run: ({ data, step, context }) =>
    step.run("reprocess", async () => {
      const input = { athleteId: data.athleteId, stream: null, since: null, mode: "write" } as const;
      const { athletes, busy } = await reprocess({ ctx: context(), input });
      if (busy.length > 0) throw new RetryAfterError("The athlete is being synced", `${BUSY_S}s`);
      return { differences: athletes.reduce((sum, one) => sum + one.differences.length, 0) };
    }),
});
