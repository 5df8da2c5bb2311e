import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { syncRequested } from "@/inngest/events";
import { finishRevocations } from "@/lib/services/connections/revoke";
import { runDueCycle } from "@/lib/services/sync/run-due-cycle";

const id = "sync-due";
const PAGE = 500;

/** Looks every minute whether a cycle of `SYNC_INTERVAL_MINUTES` has begun, and asks for the athletes that are due. */
export const syncDue = inngest.createFunction(
  { id, triggers: [cron("* * * * *")], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    const athleteIds = await step.run("find-due", async () => {
      const due = await runDueCycle({ ctx: jobContext(id) });
      if (due.isNewCycle) await finishRevocations({ ctx: jobContext(id) });
      return due.athleteIds;
    });
    const events = athleteIds.map((athleteId) => syncRequested.create({ athleteId, reason: "due" }));
    const pages = Array.from({ length: Math.ceil(events.length / PAGE) }, (_, page) =>
      events.slice(page * PAGE, (page + 1) * PAGE),
    );
    for (const [page, some] of pages.entries()) await step.sendEvent(`ask-${page}`, some);
    return { athletes: athleteIds.length };
  },
);
