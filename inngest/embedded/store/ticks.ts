import { randomUUID } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import { z } from "zod";
import { checkedRows } from "../../../db/rows";
import type { CronSchedule } from "../cron";
import type { FunctionPlan } from "../plan";
import { dispatchCron } from "./dispatch";
import { exclusively } from "./exclusively";
import { taskPrefix } from "./jobs";

const ticked = z.object({ ticked_at: z.date() });
const setBack = z.object({ back_s: z.number() });

const MINUTE_MS = 60_000;
/** How far back a missed firing is looked for: a little more than the week of the rarest schedules. */
const LONGEST_LOOK_MINUTES = 8 * 24 * 60;

/** The latest minute of a schedule after one moment and up to another, both full minutes. */
function lastFiring(cron: CronSchedule, span: { after: Date; until: Date }): Date | undefined {
  const minutes = Math.round((span.until.getTime() - span.after.getTime()) / MINUTE_MS);
  for (let back = 0; back < Math.min(minutes, LONGEST_LOOK_MINUTES); back += 1) {
    const minute = new Date(span.until.getTime() - back * MINUTE_MS);
    if (cron.matches(minute)) return minute;
  }
  return undefined;
}

/** What happened since the last tick: nothing at the very first one; after a clock was set back, this minute alone. */
async function spanUntil(tx: TransactionSql, minute: Date): Promise<{ after: Date; until: Date }> {
  const [row] = checkedRows("spanUntil", ticked, await tx`select ticked_at from engine.clock`);
  if (!row) return { after: minute, until: minute };
  const before = new Date(minute.getTime() - MINUTE_MS);
  return { after: row.ticked_at <= minute ? row.ticked_at : before, until: minute };
}

/**
 * Fires the schedules that came due since the last tick, each once, however many of its minutes were missed. What
 * the database has seen counts, so that a restart neither repeats a minute nor loses one.
 */
export async function fireCrons(sql: Sql, plans: readonly FunctionPlan[], minute: Date): Promise<void> {
  await exclusively(sql, async (tx) => {
    await followDatabaseClock(tx);
    const span = await spanUntil(tx, minute);
    for (const plan of plans) {
      for (const cron of plan.crons) {
        const firing = lastFiring(cron, span);
        if (!firing) continue;
        const event = {
          // A minute comes twice when the clock is set back.
          id: `cron:${randomUUID()}`,
          name: "inngest/scheduled.timer",
          ts: firing.getTime(),
          data: { cron: cron.text },
        };
        await dispatchCron(tx, plan, { event, at: minute });
      }
    }
    await tx`
      insert into engine.clock (ticked_at, database_at) values (${minute}, clock_timestamp())
      on conflict (only_row) do update set ticked_at = excluded.ticked_at, database_at = excluded.database_at`;
  });
}

/** Waits are kept as moments of the database's clock: when it was set back, they move with it and stay as long as they were. */
async function followDatabaseClock(tx: TransactionSql): Promise<void> {
  const rows = await tx`
    select extract(epoch from database_at - clock_timestamp())::float8 as back_s from engine.clock`;
  const [row] = checkedRows("followDatabaseClock", setBack, rows);
  if (!row || row.back_s < 60) return;
  const back = tx`make_interval(secs => ${row.back_s}::float8)`;
  await tx`update engine.runs set due_at = due_at - ${back} where due_at > clock_timestamp()`;
  await tx`update engine.steps set due_at = due_at - ${back} where due_at > clock_timestamp()`;
  await tx`update engine.throttles set arrival_at = arrival_at - ${back} where arrival_at > clock_timestamp()`;
  await tx`
    update graphile_worker._private_jobs j set run_at = j.run_at - ${back}
    from graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier like ${`${taskPrefix}%`} and j.run_at > clock_timestamp()`;
}
