import { job } from "@/inngest/job";
import { ensureWebhook } from "@/lib/services/webhooks/manage";

/** Looks once a day whether Polar still calls this installation: after a week without success Polar switches the webhook off. */
export const checkWebhook = job({
  id: "check-webhook",
  on: "installation/webhook-check.due",
  retries: 1,
  concurrency: { limit: 1 },
  givesUp: "asked-again",
  run: ({ step, context }) => step.run("check", () => ensureWebhook({ ctx: context() })),
});
