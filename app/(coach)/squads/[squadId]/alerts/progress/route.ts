import { optionalCoachContext } from "@/app/context";
import { AppError } from "@/lib/errors";
import { readBacktestProgress } from "@/lib/services/backtest/ask";

/** How far the simulated seasons `?of=<input hash>` have come. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ squadId: string }> },
): Promise<Response> {
  const ctx = await optionalCoachContext();
  if (!ctx) return new Response("Sign in.\n", { status: 401 });
  const inputHash = new URL(request.url).searchParams.get("of") ?? "";
  try {
    const progress = await readBacktestProgress({ ctx, input: { ...(await params), inputHash } });
    return Response.json(progress, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (error instanceof AppError) return new Response("Not here.\n", { status: 404 });
    throw error;
  }
}
