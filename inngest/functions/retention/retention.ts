import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { purgeAthletes } from "@/lib/services/athletes/purge";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { tidy } from "@/lib/services/retention/tidy";

const id = "retention";

/** Deletes athletes whose promised day has come, and what is needed no more. */
export const retention = inngest.createFunction(
  {
    id,
    triggers: [cron("17 3 * * *")],
    retries: 3,
    concurrency: { limit: 1 },
    onFailure: ({ error }) =>
      recordJobFailure({
        ctx: jobContext(id),
        input: { functionId: id, subjectId: null, error: error.message },
      }),
  },
  async ({ step }) => {
    const { purged } = await step.run("purge-athletes", () => purgeAthletes({ ctx: jobContext(id) }));
    const removed = await step.run("tidy", () => tidy({ ctx: jobContext(id) }));
    return { purged, removed };
  },
);
