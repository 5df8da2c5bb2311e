import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { mailQueued } from "@/inngest/events";
import { deliverMail } from "@/lib/services/mail/deliver";
import { giveUpMail } from "@/lib/services/mail/give-up";

const id = "deliver-mail";

/** Sends one mail. A server that is away is tried again; a mail that may have gone out is not. */
export const deliverMailJob = inngest.createFunction(
  {
    id,
    triggers: [mailQueued],
    retries: 6,
    concurrency: { limit: 3 },
    throttle: { limit: 10, period: "1s" },
    onFailure: ({ event, error }) =>
      giveUpMail({
        ctx: jobContext(id),
        input: { mailId: String(event.data.event.data?.mailId ?? ""), error: error.message },
      }),
  },
  ({ event, step }) =>
    step.run("send", () => deliverMail({ ctx: jobContext(id), input: { mailId: event.data.mailId } })),
);
