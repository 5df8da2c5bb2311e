import type { TransactionSql } from "postgres";
import { z } from "zod";
import { checkedRows } from "../../../db/rows";
import type { FunctionPlan } from "../plan";
import { addJobs } from "./jobs";

const heldKey = z.object({ key: z.string(), runs: z.int() });
const waitingRun = z.object({ id: z.string(), concurrency_keys: z.array(z.string()) });

type Waiting = z.output<typeof waitingRun>;
/** How many active runs hold each key. */
type Holders = Map<string, number>;

const batch = 500;

/** The key under which a run counts against one of its function's limits. */
export function concurrencyKey(index: number, value: string): string {
  return `${index}:${value}`;
}

async function countHolders(tx: TransactionSql, plan: FunctionPlan): Promise<Holders> {
  if (plan.concurrency.length === 0) return new Map();
  const rows = await tx`
    select key, count(*)::int as runs from engine.runs, unnest(concurrency_keys) as key
    where function_id = ${plan.id} and state = 'active' group by key`;
  return new Map(checkedRows("countHolders", heldKey, rows).map(({ key, runs }) => [key, runs]));
}

function limitOf(plan: FunctionPlan, key: string): number {
  return plan.concurrency[Number(key.split(":", 1)[0])]?.limit ?? Number.POSITIVE_INFINITY;
}

/** Free slots under the limits that count for the function as a whole. */
function roomFor(plan: FunctionPlan, holders: Holders): number {
  const rooms = plan.concurrency.map(({ limit, key }, index) =>
    key ? Number.POSITIVE_INFINITY : limit - (holders.get(concurrencyKey(index, "")) ?? 0),
  );
  return Math.max(0, Math.min(batch, ...rooms));
}

async function waitingRuns(
  tx: TransactionSql,
  plan: FunctionPlan,
  holders: Holders,
  room: number,
): Promise<Waiting[]> {
  const full = [...holders].filter(([key, runs]) => runs >= limitOf(plan, key)).map(([key]) => key);
  const rows = await tx`
    select id, concurrency_keys from engine.runs
    where function_id = ${plan.id} and state = 'queued' and not concurrency_keys && ${full}::text[]
    order by sequence limit ${room}`;
  return checkedRows("waitingRuns", waitingRun, rows);
}

/** Takes slots in order; a run is passed over as soon as one of its keys is full. */
function chooseRuns(plan: FunctionPlan, holders: Holders, waiting: readonly Waiting[]): string[] {
  return waiting.flatMap(({ id, concurrency_keys: keys }) => {
    if (keys.some((key) => (holders.get(key) ?? 0) >= limitOf(plan, key))) return [];
    for (const key of keys) holders.set(key, (holders.get(key) ?? 0) + 1);
    return [id];
  });
}

/** Starts as many waiting runs of a function as its concurrency limits allow, in the order they came. Inside `exclusively`. */
export async function admitRuns(tx: TransactionSql, plan: FunctionPlan): Promise<void> {
  const holders = await countHolders(tx, plan);
  for (;;) {
    const room = roomFor(plan, holders);
    const waiting = room > 0 ? await waitingRuns(tx, plan, holders, room) : [];
    const chosen = chooseRuns(plan, holders, waiting);
    if (chosen.length === 0) return;
    await tx`update engine.runs set state = 'active', due_at = null where id = any(${chosen})`;
    await addJobs(tx, { task: "drive", runIds: chosen, delayMs: 0 });
  }
}
