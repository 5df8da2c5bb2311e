import type { Sql, TransactionSql } from "postgres";
import type { EngineEvent } from "../events";
import { type FunctionPlan, removedFunction } from "../plan";
import { admitRuns } from "./admit";
import { exclusively } from "./exclusively";
import { addJobs } from "./jobs";

export type Run = { id: string; functionId: string; event: EngineEvent; state: string; attempt: number };

export async function findRun(sql: Sql, id: string): Promise<Run | undefined> {
  const [run] = await sql<Run[]>`
    select id, function_id as "functionId", event, state, attempt from engine.runs where id = ${id}`;
  return run;
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
    const [woken] = await tx<{ function_id: string }[]>`
      update engine.runs set state = 'queued', due_at = null where id = ${runId} and state = 'sleeping'
      returning function_id`;
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
