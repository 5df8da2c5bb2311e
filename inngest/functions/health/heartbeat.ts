import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { beat } from "@/lib/services/health/check-jobs";

const id = "heartbeat";

/** Proves every minute that the engine runs jobs. */
export const heartbeat = inngest.createFunction(
  { id, triggers: [cron("* * * * *")], retries: 0, concurrency: { limit: 1 } },
  async ({ step }) => {
    await step.run("beat", () => beat({ ctx: jobContext(id) }));
  },
);
