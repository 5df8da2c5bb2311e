import { z } from "zod";
import { AppError } from "@/lib/errors";
import { athleteCsv } from "@/lib/services/athletes/csv";
import { viewAthlete } from "@/lib/services/athletes/view";
import { csvAnswer } from "../../csv-answer";

const span = z.coerce.number().int().min(1).max(3650).catch(90);

/** An athlete's days, one line each. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ athleteId: string }> },
): Promise<Response> {
  const { athleteId } = await params;
  const days = span.parse(new URL(request.url).searchParams.get("days") ?? undefined);
  return csvAnswer(async (ctx) => {
    const view = await viewAthlete({ ctx, input: { athleteId, days, locale: "en-GB", what: "export" } });
    if ("stopped" in view) throw new AppError("not-found", "This athlete stopped sharing.");
    return { name: `${view.athlete.name}-${view.from}-to-${view.to}.csv`, csv: athleteCsv(view.days) };
  });
}
