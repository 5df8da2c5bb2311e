import { visitorContext } from "@/app/context";
import { env } from "@/lib/env";
import { checkJobs, type JobsHealth } from "@/lib/services/jobs/health";

export const dynamic = "force-dynamic";

/** 200 while jobs run, 503 when none has for five minutes, none ever has, or the database cannot be asked. */
export async function GET(): Promise<Response> {
  const ctx = await visitorContext();
  const health = await checkJobs({ ctx }).catch((err: unknown): JobsHealth => {
    ctx.log.error({ err }, "the state of the jobs cannot be read");
    return { engine: env().JOBS_ENGINE, worker: "none", lastWorkAt: null, oldestWaitingS: null };
  });
  return Response.json(health, {
    status: health.worker === "ok" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
