import { job } from "@/inngest/job";
import { purgeAthletes } from "@/lib/services/athletes/manage";
import { tidy } from "@/lib/services/jobs/retention";

/** Deletes athletes whose promised day has come. */
export const eraseAthletes = job({
  id: "erase-athletes",
  on: "installation/erasure.due",
  retries: 3,
  concurrency: { limit: 1 },
  givesUp: "installation",
  run: ({ step, context }) => step.run("purge-athletes", () => purgeAthletes({ ctx: context() })),
});

/** Once a day removes what is needed no more. */
export const retention = job({
  id: "retention",
  on: "installation/retention.due",
  retries: 3,
  concurrency: { limit: 1 },
  givesUp: "installation",
  run: ({ step, context }) => step.run("tidy", () => tidy({ ctx: context() })),
});
