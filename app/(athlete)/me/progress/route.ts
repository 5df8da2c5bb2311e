import { athleteContext } from "@/app/context";
import { viewProgress } from "@/lib/services/own-page/progress";
import { toldOf } from "../progress-in-words";

export async function GET(): Promise<Response> {
  const ctx = await athleteContext();
  const progress = await viewProgress({ ctx });
  const told = { ...progress, ...(await toldOf(progress, ctx.now)) };
  return Response.json(told, { headers: { "cache-control": "no-store" } });
}
