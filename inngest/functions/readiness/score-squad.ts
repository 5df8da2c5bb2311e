import { job } from "@/inngest/job";
import { scoreSquad } from "@/lib/services/readiness/score";

/** Scores every athlete of a squad: when its day has turned, and when its settings changed. */
export const scoreSquadJob = job({
  id: "score-squad",
  on: ["squad/scoring.due", "squad/settings.changed"],
  retries: 3,
  concurrency: { limit: 1 },
  givesUp: "squadId",
  run: ({ data, step, context }) => step.run("score", () => scoreSquad({ ctx: context(), input: data })),
});
