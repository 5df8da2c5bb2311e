import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { newsRequested } from "@/inngest/events";
import { env } from "@/lib/env";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { settleLostMails } from "@/lib/services/mail/give-up";
import { requestFirstNews } from "@/lib/services/news/request-first";
import { sweepMornings } from "@/lib/services/news/sweep";
import { tellSquad } from "@/lib/services/news/tell-squad";

/** Finds the squads that have something to tell, mornings that were missed, and mails whose sender was lost. */
export const findMornings = inngest.createFunction(
  { id: "find-mornings", triggers: [cron("* * * * *")], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    const { squadIds } = await step.run("find-due", () =>
      sweepMornings({ ctx: jobContext("find-mornings") }),
    );
    if (squadIds.length > 0)
      await step.sendEvent(
        "ask",
        squadIds.map((squadId) => newsRequested.create({ squadId, reason: "due" })),
      );
    if (env().mode === "demonstration")
      await step.run("first-news", () => requestFirstNews({ ctx: jobContext("find-mornings") }));
    await step.run("settle-lost", () => settleLostMails({ ctx: jobContext("find-mornings") }));
    return { squads: squadIds.length };
  },
);

const id = "morning-mail";

/** Decides a squad's morning where it can be decided, or looks for what came after it, and queues the mails. */
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
    step.run("mail", () =>
      tellSquad({
        ctx: jobContext(id),
        input: { squadId: event.data.squadId, reason: event.data.reason ?? "due" },
      }),
    ),
);
