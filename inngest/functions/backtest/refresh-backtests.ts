import { job } from "@/inngest/job";
import { refreshBacktests } from "@/lib/services/backtest/ask";

/** Once a week asks for the figures of chance of every squad, also of those whose alerts page nobody opens. */
export const refreshBacktestsJob = job({
  id: "refresh-backtests",
  on: "installation/backtests.due",
  retries: 1,
  concurrency: { limit: 1 },
  givesUp: "installation",
  run: ({ step, context }) => step.run("ask", () => refreshBacktests({ ctx: context() })),
});
