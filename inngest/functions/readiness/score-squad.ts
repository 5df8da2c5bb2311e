import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { scoringDue, settingsChanged } from "@/inngest/events";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { scoreSquad } from "@/lib/services/readiness/score-squad";

const id = "score-squad";

/** Scores every athlete of a squad: when its day has turned, and when its settings changed. */
export const scoreSquadJob = inngest.createFunction(
  {
    id,
    triggers: [scoringDue, settingsChanged],
    retries: 3,
    concurrency: { limit: 1 },
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
    step.run("score", () => scoreSquad({ ctx: jobContext(id), input: { squadId: event.data.squadId } })),
);
