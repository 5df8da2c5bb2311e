import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { newsRequested } from "@/inngest/events";
import { env } from "@/lib/env";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { settleLostMails } from "@/lib/services/mail/give-up";
import { listMorningsDue } from "@/lib/services/news/list-due";
import { requestFirstNews } from "@/lib/services/news/request-first";
import { sendMorningMail } from "@/lib/services/news/send-morning-mail";

/** Finds the squads whose morning has come, and mails whose sender was lost. */
export const findMornings = inngest.createFunction(
  { id: "find-mornings", triggers: [cron("*/5 * * * *")], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    const squadIds = await step.run("find-due", () => listMorningsDue({ ctx: jobContext("find-mornings") }));
    if (squadIds.length > 0)
      await step.sendEvent(
        "ask",
        squadIds.map((squadId) => newsRequested.create({ squadId })),
      );
    if (env().mode === "demonstration")
      await step.run("first-news", () => requestFirstNews({ ctx: jobContext("find-mornings") }));
    await step.run("settle-lost", () => settleLostMails({ ctx: jobContext("find-mornings") }));
    return { squads: squadIds.length };
  },
);

const id = "morning-mail";

/** Scores the squad, chooses what its coaches should hear this morning, and queues it. */
export const morningMail = inngest.createFunction(
  {
    id,
    triggers: [newsRequested],
    retries: 3,
    singleton: { key: "event.data.squadId", mode: "skip" },
    onFailure: ({ event, error }) =>
      recordJobFailure({
        ctx: jobContext(id),
        input: {
          functionId: id,
          subjectId: String(event.data.event.data?.squadId ?? ""),
          error: error.message,
        },
      }),
  },
  ({ event, step }) =>
    step.run("mail", () => sendMorningMail({ ctx: jobContext(id), input: { squadId: event.data.squadId } })),
);
