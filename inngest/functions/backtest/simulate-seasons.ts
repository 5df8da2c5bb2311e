import { inngest } from "@/inngest/client";
import { jobContext } from "@/inngest/context";
import { backtestRequested } from "@/inngest/events";
import { giveUpSeasons } from "@/lib/services/backtest/give-up";
import { simulateSeasons } from "@/lib/services/backtest/simulate";

const id = "simulate-seasons";

/** Simulates what chance alone would tell a squad; one squad at a time, because it is all arithmetic. */
export const simulateSeasonsJob = inngest.createFunction(
  {
    id,
    triggers: [backtestRequested],
    retries: 2,
    concurrency: { limit: 1 },
    onFailure: ({ event, error }) => {
      const { squadId = "", inputHash = "" } = event.data.event.data ?? {};
      return giveUpSeasons({
        ctx: jobContext(id),
        input: {
          squadId: String(squadId),
          inputHash: String(inputHash),
          functionId: id,
          error: error.message,
        },
      });
    },
  },
  ({ event, step }) =>
    step.run("simulate", async () => {
      const { squadId, inputHash, until, baselineDays } = event.data;
      const input = { squadId, inputHash, until, baselineDays: Number(baselineDays) };
      return { outcome: await simulateSeasons({ ctx: jobContext(id), input }) };
    }),
);
