import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { webhookCheckDue } from "@/inngest/events";
import { ensureWebhook } from "@/lib/services/webhooks/ensure";

const id = "check-webhook";

/** Looks once a day whether Polar still calls this installation: after a week without success Polar switches the webhook off. */
export const checkWebhook = inngest.createFunction(
  { id, triggers: [webhookCheckDue], retries: 1, concurrency: { limit: 1 } },
  ({ step }) => step.run("check", () => ensureWebhook({ ctx: jobContext(id) })),
);
