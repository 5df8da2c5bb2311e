import { finishBacktest } from "@/db/queries/backtest";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { requireJob } from "../access/require-job";
import { subjectOf } from "../events/record";
import { beginOwedWork } from "../events/work";
import { recordJobFailure } from "../job-failures/record";
import { backtestKey } from "./key";

type GivenUp = { squadId: string; inputHash: string; functionId: string; error: string };

/** Ends a simulation that failed for good: the page says so, and the operator sees why. Jobs only. */
export async function giveUpSeasons({ ctx, input }: { ctx: Context; input: GivenUp }): Promise<void> {
  requireJob(ctx);
  const { squadId, functionId, error } = input;
  const subject = subjectOf({ squadId, inputHash: input.inputHash });
  const work = await beginOwedWork(ctx, { event: "squad/backtest.requested", subject });
  await inTransaction(ctx, async (tx) => {
    await finishBacktest(tx.db, { ...backtestKey(input), result: null, finishedAt: ctx.now });
    await recordJobFailure({ ctx: tx, input: { functionId, subjectId: squadId, error } });
    await work.done(tx);
  });
}
