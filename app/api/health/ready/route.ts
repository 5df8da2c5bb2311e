import { visitorContext } from "@/app/context";
import { checkReadiness } from "@/lib/services/jobs/health";

export const dynamic = "force-dynamic";

/** 200 when requests can be served, 503 when the database does not answer. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness({ ctx: await visitorContext() });
  return Response.json(readiness, {
    status: readiness.status === "ok" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
