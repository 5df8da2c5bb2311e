import { everyMinute } from "@/inngest/job";
import { sweepOwed } from "@/lib/services/owed/sweep";

/** Every minute asks for what is owed and was not asked for, or was asked for and got lost. */
export const sweepOwedJob = everyMinute({
  id: "sweep-owed",
  retries: 0,
  run: ({ step, context }) => step.run("sweep", () => sweepOwed({ ctx: context() })),
});
