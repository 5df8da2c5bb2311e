import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { sweepOwed } from "@/lib/services/owed/sweep";

const id = "sweep-owed";

/** Every minute asks for what is owed and was not asked for, or was asked for and got lost. */
export const sweepOwedJob = inngest.createFunction(
  { id, triggers: [cron("* * * * *")], retries: 0, concurrency: { limit: 1 } },
  ({ step }) => step.run("sweep", () => sweepOwed({ ctx: jobContext(id) })),
);
