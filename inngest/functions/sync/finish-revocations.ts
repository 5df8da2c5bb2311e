import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { deregistrationsDue } from "@/inngest/events";
import { finishRevocations } from "@/lib/services/connections/revoke";

const id = "finish-revocations";

/** Tells Polar of the access that was ended while Polar did not answer. */
export const finishRevocationsJob = inngest.createFunction(
  { id, triggers: [deregistrationsDue], retries: 1, concurrency: { limit: 1 } },
  ({ step }) => step.run("tell-polar", () => finishRevocations({ ctx: jobContext(id) })),
);
