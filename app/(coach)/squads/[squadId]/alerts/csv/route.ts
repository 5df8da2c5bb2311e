import { csvAnswer } from "@/app/api/exports/csv-answer";
import { backtestCsv } from "@/lib/services/backtest/csv";
import { viewBacktest } from "@/lib/services/backtest/view";
import { readAlertsSearch } from "../../search";

/** The back-test as a file, for the baseline that the address tries. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ squadId: string }> },
): Promise<Response> {
  const { squadId } = await params;
  const { baseline: baselineDays } = readAlertsSearch(Object.fromEntries(new URL(request.url).searchParams));
  return csvAnswer(async (ctx) => {
    const view = await viewBacktest({ ctx, input: { squadId, baselineDays, what: "export" } });
    return { name: `${view.squad.name}-alerts-${view.to}.csv`, csv: backtestCsv(view) };
  });
}
