import { type JobsSeen, ping, readJobs, recordBeat } from "@/db/queries/operation";
import type { Context } from "@/lib/context";
import { env, type Mode } from "@/lib/env";
import type { Engine } from "@/lib/events";
import { requireCan } from "@/lib/services/access/require";
import packageJson from "@/package.json";

const STALE_S = 5 * 60;

export type JobsHealth = {
  engine: Engine;
  /** `none`: no job has ever run here. `stale`: none in the last five minutes, or an event waits that long to be handed over. */
  worker: "ok" | "stale" | "none";
  lastWorkAt: string | null;
  /** Whole seconds; null when nothing waits. */
  oldestWaitingS: number | null;
};

/** Whether jobs run, by what they left in the database. Anybody may ask; it holds no secret. */
export async function checkJobs({ ctx }: { ctx: Pick<Context, "db"> }): Promise<JobsHealth> {
  const { JOBS_ENGINE: engine } = env();
  const seen = await readJobs(ctx.db, engine);
  const waits = [seen.oldestEventS, seen.oldestRunS].filter((seconds) => seconds !== null);
  return {
    engine,
    worker: workerOf(seen),
    lastWorkAt: seen.lastWorkAtMs === null ? null : new Date(seen.lastWorkAtMs).toISOString(),
    oldestWaitingS: waits.length === 0 ? null : Math.max(0, Math.floor(Math.max(...waits))),
  };
}

function workerOf({ lastWorkS, oldestEventS }: JobsSeen): JobsHealth["worker"] {
  if (lastWorkS === null) return "none";
  return Math.max(lastWorkS, oldestEventS ?? 0) > STALE_S ? "stale" : "ok";
}

/** Notes that jobs run: once a minute by a job of its own, so that an engine that stands still is seen. Jobs only. */
export async function beat({ ctx }: { ctx: Context }): Promise<void> {
  requireCan(ctx, "jobs.run");
  await recordBeat(ctx.db, env().JOBS_ENGINE);
}

type Readiness = {
  status: "ok" | "failing";
  database: "ok" | "unreachable";
  jobs: { engine: Engine };
  polar: { mode: Mode };
  version: string;
};

/** What a load balancer and the operator ask first. Anybody may; it holds no secret. */
export async function checkReadiness({ ctx }: { ctx: Pick<Context, "db" | "log"> }): Promise<Readiness> {
  const { JOBS_ENGINE, mode } = env();
  const database = await ping(ctx.db).then(
    () => "ok" as const,
    (error: unknown) => {
      ctx.log.error({ err: error }, "database unreachable");
      return "unreachable" as const;
    },
  );
  return {
    status: database === "ok" ? "ok" : "failing",
    database,
    jobs: { engine: JOBS_ENGINE },
    polar: { mode },
    version: packageJson.version,
  };
}
