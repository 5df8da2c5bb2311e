import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { erasureDue, retentionDue } from "@/inngest/events";
import { purgeAthletes } from "@/lib/services/athletes/purge";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { tidy } from "@/lib/services/retention/tidy";

/** Deletes athletes whose promised day has come. */
export const eraseAthletes = inngest.createFunction(
  {
    id: "erase-athletes",
    triggers: [erasureDue],
    retries: 3,
    concurrency: { limit: 1 },
    onFailure: ({ error }) =>
      recordJobFailure({
        ctx: jobContext("erase-athletes"),
        input: { functionId: "erase-athletes", subjectId: null, error: error.message },
      }),
  },
  ({ step }) => step.run("purge-athletes", () => purgeAthletes({ ctx: jobContext("erase-athletes") })),
);

const id = "retention";

/** Once a day removes what is needed no more. */
export const retention = inngest.createFunction(
  {
    id,
    triggers: [retentionDue],
    retries: 3,
    concurrency: { limit: 1 },
    onFailure: ({ error }) =>
      recordJobFailure({
        ctx: jobContext(id),
        input: { functionId: id, subjectId: null, error: error.message },
      }),
  },
  ({ step }) => step.run("tidy", () => tidy({ ctx: jobContext(id) })),
);
