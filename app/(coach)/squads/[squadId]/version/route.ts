import { optionalCoachContext } from "@/app/context";
import { AppError } from "@/lib/errors";
import { squadVersion } from "@/lib/services/squads/view";

/** A text that changes when the squad's pages would look different. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ squadId: string }> },
): Promise<Response> {
  const ctx = await optionalCoachContext();
  if (!ctx) return new Response("Sign in.\n", { status: 401 });
  try {
    const { version } = await squadVersion({ ctx, input: { squadId: (await params).squadId } });
    return new Response(version, { headers: { "cache-control": "no-store", "content-type": "text/plain" } });
  } catch (error) {
    if (error instanceof AppError) return new Response("Not here.\n", { status: 404 });
    throw error;
  }
}
