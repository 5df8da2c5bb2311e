import { job } from "@/inngest/job";
import { deliverMail, giveUpMail } from "@/lib/services/mail/deliver";

/** Sends one mail. A server that is away is tried again; a mail that may have gone out is not. */
export const deliverMailJob = job({
  id: "deliver-mail",
  on: "mail/queued",
  retries: 6,
  concurrency: { limit: 3 },
  throttle: { limit: 10, period: "1s" },
  givesUp: ({ ctx, data, error }) => giveUpMail({ ctx, input: { mailId: String(data.mailId ?? ""), error } }),
  run: ({ data, step, context }) => step.run("send", () => deliverMail({ ctx: context(), input: data })),
});
