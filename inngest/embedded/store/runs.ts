import type { Sql, TransactionSql } from "postgres";
import { z } from "zod";
import { checkedRows } from "../../../db/rows";
import { storedEvent } from "../events";
import { type FunctionPlan, removedFunction } from "../plan";
import { admitRuns } from "./admit";
import { exclusively } from "./exclusively";
import { addJobs } from "./jobs";

const runRow = z.object({
  id: z.string(),
  functionId: z.string(),
  event: storedEvent,
  state: z.string(),
  attempt: z.int(),
});

export type Run = z.output<typeof runRow>;

const wokenRun = z.object({ function_id: z.string() });

export async function findRun(sql: Sql, id: string): Promise<Run | undefined> {
  const rows = await sql`
    select id, function_id as "functionId", event, state, attempt from engine.runs where id = ${id}`;
  return checkedRows("findRun", runRow, rows)[0];
}

export async function setAttempt(sql: Sql, run: Run, attempt: number): Promise<void> {
  if (run.attempt === attempt) return;
  run.attempt = attempt;
  await sql`update engine.runs set attempt = ${attempt} where id = ${run.id}`;
}

/** Gives the run's slots back and plans its next turn. */
export async function putToSleep(sql: Sql, plan: FunctionPlan, run: Run, delayMs: number): Promise<void> {
  await exclusively(sql, async (tx) => {
    await tx`
      update engine.runs set state = 'sleeping', attempt = ${run.attempt},
        due_at = now() + make_interval(secs => ${delayMs / 1_000}::float8)
      where id = ${run.id} and state = 'active'`;
    await addJobs(tx, { task: "wake", runIds: [run.id], delayMs });
    await admitRuns(tx, plan);
  });
}

/** A sleep is over: the run queues for a slot like a new one, ahead of those that came later. */
export async function wakeRun(sql: Sql, plans: readonly FunctionPlan[], runId: string): Promise<void> {
  await exclusively(sql, async (tx) => {
    const rows = await tx`
      update engine.runs set state = 'queued', due_at = null where id = ${runId} and state = 'sleeping'
      returning function_id`;
    const [woken] = checkedRows("wakeRun", wokenRun, rows);
    if (!woken) return;
    const plan = plans.find((candidate) => candidate.id === woken.function_id);
    await admitRuns(tx, plan ?? removedFunction(woken.function_id));
  });
}

/** Ends a run; `alongside` happens in the same transaction, and only the first time. */
export async function endRun(
  sql: Sql,
  plan: FunctionPlan,
  run: Run,
  end: { at: Date } & ({ state: "finished" } | { state: "failed"; error: object }),
  alongside: (tx: TransactionSql) => Promise<void> = async () => {},
): Promise<void> {
  await exclusively(sql, async (tx) => {
    const error = end.state === "failed" ? tx.json(end.error as never) : null;
    const ended = await tx`
      update engine.runs set state = ${end.state}, error = ${error}, ended_at = ${end.at}, due_at = null
      where id = ${run.id} and state = 'active' returning id`;
    if (ended.length === 0) return;
    await tx`delete from engine.steps where run_id = ${run.id}`;
    await alongside(tx);
    await admitRuns(tx, plan);
  });
}
