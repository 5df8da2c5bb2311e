import { job } from "@/inngest/job";
import { env } from "@/lib/env";
import { requestFirstNews } from "@/lib/services/news/send";
import { scoreAthlete } from "@/lib/services/readiness/score";

/** Scores an athlete again after a stored fact changed; in the demonstration a squad's first scoring also brings its mail. */
export const scoreAthleteJob = job({
  id: "score-athlete",
  on: "athlete/day.changed",
  retries: 3,
  concurrency: { limit: 4 },
  givesUp: "athleteId",
  run: async ({ data, step, context }) => {
    const scored = await step.run("score", () => scoreAthlete({ ctx: context(), input: data }));
    if (env().mode === "demonstration")
      await step.run("first-news", () => requestFirstNews({ ctx: context() }));
    return scored;
  },
});
