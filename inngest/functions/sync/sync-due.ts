import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { runDueCycle } from "@/lib/services/sync/run-due-cycle";

const id = "sync-due";

/** Looks every minute whether a cycle of `SYNC_INTERVAL_MINUTES` has begun, and asks for the athletes that are due. */
export const syncDue = inngest.createFunction(
  { id, triggers: [cron("* * * * *")], retries: 1, concurrency: { limit: 1 } },
  ({ step }) =>
    step.run("find-due", async () => {
      const { athleteIds } = await runDueCycle({ ctx: jobContext(id) });
      return { athletes: athleteIds.length };
    }),
);
