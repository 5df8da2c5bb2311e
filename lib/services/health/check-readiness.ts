import type { Mode } from "@/lib/env";
import type { Engine } from "@/lib/events";
import { ping } from "../../../db/queries/operation";
import packageJson from "../../../package.json" with { type: "json" };
import type { Context } from "../../context";
import { env } from "../../env";

export type Readiness = {
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
