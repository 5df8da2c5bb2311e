import { z } from "zod";
import { daysCsv } from "@/lib/services/squads/csv";
import { viewHeatmap } from "@/lib/services/squads/heatmap";
import { csvAnswer } from "../../../csv-answer";

const span = z.coerce.number().int().min(1).max(365).catch(28);

/** The heatmap's days, one line per athlete and day. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ squadId: string }> },
): Promise<Response> {
  const { squadId } = await params;
  const days = span.parse(new URL(request.url).searchParams.get("days") ?? undefined);
  return csvAnswer(async (ctx) => {
    const view = await viewHeatmap({ ctx, input: { squadId, days, by: "name", what: "export" } });
    return { name: `${view.squad.name}-${days}-days-to-${view.dates.at(-1)}.csv`, csv: daysCsv(view) };
  });
}
