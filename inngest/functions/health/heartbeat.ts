import { everyMinute } from "@/inngest/job";
import { beat } from "@/lib/services/jobs/health";

/** Proves every minute that the engine runs jobs. */
export const heartbeat = everyMinute({
  id: "heartbeat",
  retries: 0,
  run: ({ step, context }) => step.run("beat", () => beat({ ctx: context() })),
});
