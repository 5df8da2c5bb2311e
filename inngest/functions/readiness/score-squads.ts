import { cron } from "inngest";
import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { scoringDue, settingsChanged } from "@/inngest/events";
import { recordJobFailure } from "@/lib/services/job-failures/record";
import { listSquadsToScore } from "@/lib/services/readiness/list-due-squads";
import { scoreSquad } from "@/lib/services/readiness/score-squad";

/** Finds the squads whose local day has turned. */
export const scoreDueSquads = inngest.createFunction(
  { id: "score-due-squads", triggers: [cron("*/5 * * * *")], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    const squadIds = await step.run("find-due", () =>
      listSquadsToScore({ ctx: jobContext("score-due-squads") }),
    );
    if (squadIds.length > 0)
      await step.sendEvent(
        "ask",
        squadIds.map((squadId) => scoringDue.create({ squadId })),
      );
    return { squads: squadIds.length };
  },
);

const id = "score-squad";

/** Scores every athlete of a squad: at its day turn, and when its settings changed. */
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
