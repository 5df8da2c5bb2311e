import { sql } from "drizzle-orm";
import type { Engine } from "@/lib/events";
import type { Db } from "../../client";
import { jobBeats } from "../../schema/operation";

export type JobsSeen = {
  lastWorkAtMs: number | null;
  /** Seconds since the last work, by the database's own clock. */
  lastWorkS: number | null;
  /** Seconds that the oldest event has waited to be handed over, and the oldest run for its turn. */
  oldestEventS: number | null;
  oldestRunS: number | null;
};

/** Notes that a job ran just now. */
export async function recordBeat(db: Db, engine: Engine): Promise<void> {
  await db
    .insert(jobBeats)
    .values({ engine, beatAt: sql`clock_timestamp()` })
    .onConflictDoUpdate({ target: jobBeats.engine, set: { beatAt: sql`clock_timestamp()` } });
}

/** When jobs last ran, and what waits for them. An Inngest server keeps its own runs: of those only the events are known. */
export async function readJobs(db: Db, engine: Engine): Promise<JobsSeen> {
  const ended = sql`(select max(ended_at) from engine.runs where ended_at is not null)`;
  const queued = sql`(select min(created_at) from engine.runs where state = 'queued')`;
  const none = sql`null::timestamptz`;
  const seconds = (at: ReturnType<typeof sql>) => sql`extract(epoch from clock_timestamp() - ${at})::float8`;
  const [row] = await db.execute<JobsSeen>(sql`
    select (extract(epoch from last_work) * 1000)::float8 as "lastWorkAtMs",
      ${seconds(sql`last_work`)} as "lastWorkS",
      ${seconds(sql`(select min(recorded_at) from outbox where relayed_at is null)`)} as "oldestEventS",
      ${seconds(engine === "embedded" ? queued : none)} as "oldestRunS"
    from (select greatest((select beat_at from job_beats where engine = ${engine}),
      ${engine === "embedded" ? ended : none}) as last_work) seen`);
  return row!;
}
