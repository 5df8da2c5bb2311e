import type { Sql } from "postgres";
import { z } from "zod";
import { checkedRows } from "../../../db/rows";

const outcome = z.discriminatedUnion("type", [
  z.object({ type: z.literal("data"), data: z.unknown().optional() }),
  z.object({ type: z.literal("error"), error: z.unknown().optional() }),
]);

export type Outcome = z.output<typeof outcome>;

const STEP_STATES = ["planned", "sleeping", "done"] as const;

/** A step that is to come. */
export type Waiting = Exclude<(typeof STEP_STATES)[number], "done">;

const stepRow = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(STEP_STATES),
  attempt: z.int(),
  /** Milliseconds until it is due, 0 when it is. */
  delayMs: z.number(),
  outcome: outcome.nullable(),
});

export type Step = z.output<typeof stepRow>;

/** The steps of a run, finished ones first, in the order they finished. */
export async function listSteps(sql: Sql, runId: string): Promise<Step[]> {
  const rows = await sql`
    select id, name, state, attempt, outcome,
      greatest(0, ceil(extract(epoch from due_at - now()) * 1000))::float8 as "delayMs"
    from engine.steps where run_id = ${runId} order by finished_order nulls last, due_at, id`;
  return checkedRows("listSteps", stepRow, rows);
}

/** Keeps a step's outcome: it is not executed again in this run. */
export async function finishStep(
  sql: Sql,
  runId: string,
  step: { id: string; name: string; outcome: Outcome },
) {
  const kept = sql.json(step.outcome as never);
  await sql`
    insert into engine.steps as s (run_id, id, name, state, outcome, finished_order)
    values (${runId}, ${step.id}, ${step.name}, 'done', ${kept}, nextval('engine.finished_order'))
    on conflict (run_id, id) do update
      set state = 'done', outcome = excluded.outcome, finished_order = excluded.finished_order
      where s.state <> 'done'`;
}

/** Notes a step that is to be executed, tried again or slept through, `delayMs` from now. */
export async function scheduleStep(
  sql: Sql,
  runId: string,
  step: { id: string; name: string; state: Waiting; attempt: number; delayMs: number },
): Promise<void> {
  await sql`
    insert into engine.steps as s (run_id, id, name, state, attempt, due_at)
    values (${runId}, ${step.id}, ${step.name}, ${step.state}, ${step.attempt},
      now() + make_interval(secs => ${step.delayMs / 1_000}::float8))
    on conflict (run_id, id) do update set attempt = excluded.attempt, due_at = excluded.due_at
      where s.state = 'planned'`;
}
