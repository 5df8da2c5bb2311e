import { everyMinute, job } from "@/inngest/job";
import { env } from "@/lib/env";
import type { DomainEvent } from "@/lib/events";
import { settleLostMails } from "@/lib/services/mail/deliver";
import { sweepMornings } from "@/lib/services/news/morning";
import { requestFirstNews, tellSquad } from "@/lib/services/news/send";

/** Finds the squads that have something to tell, mornings that were missed, and mails whose sender was lost. */
export const findMornings = everyMinute({
  id: "find-mornings",
  retries: 1,
  run: async ({ step, context }) => {
    const { squadIds } = await step.run("find-due", () => sweepMornings({ ctx: context() }));
    if (squadIds.length > 0) await step.sendEvent("ask", squadIds.map(newsOf));
    if (env().mode === "demonstration")
      await step.run("first-news", () => requestFirstNews({ ctx: context() }));
    await step.run("settle-lost", () => settleLostMails({ ctx: context() }));
    return { squads: squadIds.length };
  },
});

const newsOf = (squadId: string) =>
  ({ name: "squad/news.requested", data: { squadId, reason: "due" } }) satisfies DomainEvent;

/** Decides a squad's morning where it can be decided, or looks for what came after it, and queues the mails. */
export const morningMail = job({
  id: "morning-mail",
  on: "squad/news.requested",
  retries: 3,
  singleton: { key: "event.data.squadId", mode: "skip" },
  givesUp: "squadId",
  run: ({ data, step, context }) => step.run("mail", () => tellSquad({ ctx: context(), input: data })),
});
