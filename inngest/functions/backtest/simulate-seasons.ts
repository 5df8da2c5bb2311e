import { job } from "@/inngest/job";
import { giveUpSeasons, simulateSeasons } from "@/lib/services/backtest/simulate";

/** Simulates what chance alone would tell a squad; one squad at a time, because it is all arithmetic. */
export const simulateSeasonsJob = job({
  id: "simulate-seasons",
  on: "squad/backtest.requested",
  retries: 2,
  concurrency: { limit: 1 },
  givesUp: ({ ctx, id, data: { squadId = "", inputHash = "" }, error }) =>
    giveUpSeasons({
      ctx,
      input: { squadId: String(squadId), inputHash: String(inputHash), functionId: id, error },
    }),
  run: ({ data, step, context }) =>
    step.run("simulate", async () => {
      const input = { ...data, baselineDays: Number(data.baselineDays) };
      return { outcome: await simulateSeasons({ ctx: context(), input }) };
    }),
});
