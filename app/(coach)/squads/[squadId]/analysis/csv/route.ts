import { coachContext } from "@/app/context";
import { AppError } from "@/lib/errors";
import { csvOfAnalysis, viewAnalysis } from "@/lib/services/analysis/squad";
import { readAnalysisSearch } from "../../search";

type Params = { params: Promise<{ squadId: string }> };

/** The squad's days of the analysis page as a file; written to the access log as an export. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { squadId } = await params;
  const { days } = readAnalysisSearch(Object.fromEntries(new URL(request.url).searchParams));
  const ctx = await coachContext();
  try {
    const view = await viewAnalysis({ ctx, input: { squadId, days, what: "export" } });
    const name = `analysis-${view.dates.at(-1)}-${days}d.csv`;
    return new Response(csvOfAnalysis(view), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${name}"`,
        "cache-control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") return new Response(null, { status: 404 });
    throw error;
  }
}
