import { job } from "@/inngest/job";
import { finishRevocations } from "@/lib/services/connections/revoke";

/** Tells Polar of the access that was ended while Polar did not answer. */
export const finishRevocationsJob = job({
  id: "finish-revocations",
  on: "installation/deregistrations.due",
  retries: 1,
  concurrency: { limit: 1 },
  givesUp: "asked-again",
  run: ({ step, context }) => step.run("tell-polar", () => finishRevocations({ ctx: context() })),
});
