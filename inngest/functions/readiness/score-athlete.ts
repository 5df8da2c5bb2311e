import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { dayChanged } from "@/inngest/events";
import { env } from "@/lib/env";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { requestFirstNews } from "@/lib/services/news/request-first";
import { scoreAthlete } from "@/lib/services/readiness/score-athlete";

const id = "score-athlete";

/** Scores an athlete again after a stored fact changed; in the demonstration a squad's first scoring also brings its mail. */
export const scoreAthleteJob = inngest.createFunction(
  {
    id,
    triggers: [dayChanged],
    retries: 3,
    concurrency: { limit: 4 },
    onFailure: ({ event, error }) =>
      recordJobFailure({
        ctx: jobContext(id),
        input: {
          functionId: id,
          subjectId: String(event.data.event.data?.athleteId ?? ""),
          error: error.message,
        },
      }),
  },
  async ({ event, step }) => {
    const input = { athleteId: event.data.athleteId };
    const scored = await step.run("score", () => scoreAthlete({ ctx: jobContext(id), input }));
    if (env().mode === "demonstration")
      await step.run("first-news", () => requestFirstNews({ ctx: jobContext(id) }));
    return scored;
  },
);
