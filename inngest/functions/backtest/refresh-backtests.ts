import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { backtestsDue } from "@/inngest/events";
import { refreshBacktests } from "@/lib/services/backtest/refresh";
import { recordJobFailure } from "@/lib/services/job-failures/record";

const id = "refresh-backtests";

/** Once a week asks for the figures of chance of every squad, also of those whose alerts page nobody opens. */
export const refreshBacktestsJob = inngest.createFunction(
  {
    id,
    triggers: [backtestsDue],
    retries: 1,
    concurrency: { limit: 1 },
    onFailure: ({ error }) =>
      recordJobFailure({
        ctx: jobContext(id),
        input: { functionId: id, subjectId: null, error: error.message },
      }),
  },
  ({ step }) => step.run("ask", () => refreshBacktests({ ctx: jobContext(id) })),
);
