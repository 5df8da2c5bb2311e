import { everyMinute } from "@/inngest/job";
import { runDueCycle } from "@/lib/services/sync/cycle";

/** Looks every minute whether a cycle of `SYNC_INTERVAL_MINUTES` has begun, and asks for the athletes that are due. */
export const syncDue = everyMinute({
  id: "sync-due",
  retries: 1,
  run: ({ step, context }) =>
    step.run("find-due", async () => {
      const { athleteIds } = await runDueCycle({ ctx: context() });
      return { athletes: athleteIds.length };
    }),
});
