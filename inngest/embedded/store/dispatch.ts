import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { z } from "zod";
import { checkedRows } from "../../../db/rows";
import { valueAt } from "../event-path";
import type { EngineEvent } from "../events";
import type { FunctionPlan, Throttle } from "../plan";
import { admitRuns, concurrencyKey } from "./admit";
import { addJobs } from "./jobs";

const identified = z.object({ id: z.string() });
const throttled = z.object({ delay_ms: z.number() });

/** How long a second event of the same id is taken for the first one, as on Inngest. */
const dedupeWindow = "24 hours";

/** The ids that have not been seen within the window; they count as seen from now on. */
async function rememberNew(tx: TransactionSql, ids: readonly string[], at: Date): Promise<Set<string>> {
  const distinct = [...new Set(ids)].sort();
  const rows = await tx`
    insert into engine.events as e (id, received_at) select unnest(${distinct}::text[]), ${at}::timestamptz
    on conflict (id) do update set received_at = excluded.received_at
      where e.received_at < excluded.received_at - ${dedupeWindow}::interval
    returning id`;
  return new Set(checkedRows("rememberNew", identified, rows).map((row) => row.id));
}

/** Milliseconds that a throttled run has to wait: Inngest's cell rate algorithm, where `limit + burst` may start at once. */
async function throttleDelayMs(tx: TransactionSql, functionId: string, throttle: Throttle, key: string) {
  const intervalMs = throttle.periodMs / throttle.limit;
  const toleranceMs = intervalMs * (throttle.limit + throttle.burst - 1);
  const step = tx`make_interval(secs => ${intervalMs / 1_000}::float8)`;
  const rows = await tx`
    insert into engine.throttles as t (function_id, key, arrival_at) values (${functionId}, ${key}, now() + ${step})
    on conflict (function_id, key) do update set arrival_at = greatest(t.arrival_at, now()) + ${step}
    returning (extract(epoch from arrival_at - now()) * 1000)::float8 as delay_ms`;
  const [row] = checkedRows("throttleDelayMs", throttled, rows);
  return Math.max(0, (row?.delay_ms ?? 0) - intervalMs - toleranceMs);
}

function keyOf(event: EngineEvent, path: readonly string[] | undefined): string {
  return path ? valueAt(event, path) : "";
}

type NewRun = { id: string; event: EngineEvent };
/** Events, and when they came. */
type Arrival = { events: readonly EngineEvent[]; at: Date };

/** Inserts the runs in the order of their events; returns those that no running singleton kept out. */
async function insertRuns(
  tx: TransactionSql,
  plan: FunctionPlan,
  { events, at }: Arrival,
): Promise<NewRun[]> {
  const runs = events.map((event) => ({ id: randomUUID(), event }));
  const rows = runs.map(({ id, event }) => ({
    id,
    event,
    keys: plan.concurrency.map((entry, index) => concurrencyKey(index, keyOf(event, entry.key))),
    singleton: plan.singleton ? keyOf(event, plan.singleton.key) : null,
  }));
  const created = await tx`
    insert into engine.runs (id, function_id, event, state, concurrency_keys, singleton_key, created_at)
    select (run->>'id')::uuid, ${plan.id}, run->'event', 'queued',
      array(select jsonb_array_elements_text(run->'keys')), run->>'singleton', ${at}::timestamptz
    from jsonb_array_elements(${tx.json(rows as never)}) with ordinality as given(run, place) order by place
    on conflict do nothing returning id`;
  const ids = new Set(checkedRows("insertRuns", identified, created).map((row) => row.id));
  return runs.filter((run) => ids.has(run.id));
}

/** Holds a run back for as long as its function's throttle asks. */
async function applyThrottle(tx: TransactionSql, plan: FunctionPlan, run: NewRun): Promise<void> {
  if (!plan.throttle) return;
  const delayMs = await throttleDelayMs(tx, plan.id, plan.throttle, keyOf(run.event, plan.throttle.key));
  if (delayMs === 0) return;
  await tx`
    update engine.runs set state = 'sleeping', due_at = now() + make_interval(secs => ${delayMs / 1_000}::float8)
    where id = ${run.id}`;
  await addJobs(tx, { task: "wake", runIds: [run.id], delayMs });
}

/** Makes the runs of one function for these events and starts those that may start. */
async function createRuns(tx: TransactionSql, plan: FunctionPlan, arrival: Arrival): Promise<void> {
  if (arrival.events.length === 0) return;
  for (const run of await insertRuns(tx, plan, arrival)) await applyThrottle(tx, plan, run);
  await admitRuns(tx, plan);
}

function isStartedBy(plan: FunctionPlan, event: EngineEvent): boolean {
  if (!plan.events.includes(event.name)) return false;
  return plan.failureOf === undefined || plan.failureOf === event.data.function_id;
}

/** Starts what each event starts, once for each event id. Inside `exclusively`. */
export async function dispatchEvents(
  tx: TransactionSql,
  plans: readonly FunctionPlan[],
  { events, at }: Arrival,
): Promise<void> {
  const ids = events.map((event) => event.id);
  const fresh = await rememberNew(tx, ids, at);
  // Removing it also skips a second event of the same id within this very batch.
  const news = events.filter((event) => fresh.delete(event.id));
  for (const plan of plans) {
    await createRuns(tx, plan, { events: news.filter((event) => isStartedBy(plan, event)), at });
  }
}

/** Starts one function on its schedule, unless a run of this schedule waits for its turn already. Inside `exclusively`. */
export async function dispatchCron(
  tx: TransactionSql,
  plan: FunctionPlan,
  { event, at }: { event: EngineEvent; at: Date },
): Promise<void> {
  const waiting = await tx`
    select from engine.runs where function_id = ${plan.id} and state = 'queued'
      and event->>'name' = ${event.name} and event->'data'->>'cron' = ${String(event.data.cron)} limit 1`;
  if (waiting.length === 0) await createRuns(tx, plan, { events: [event], at });
}
