import { readMorningSearch } from "@/app/(coach)/squads/[squadId]/morning-search";
import { morningCsv } from "@/components/squad/morning-csv";
import { inOrder } from "@/components/squad/order";
import { filtered, viewSquad } from "@/lib/services/squads/view";
import { csvAnswer } from "../../../csv-answer";

/** The rows of the squad view, filtered and sorted as its address says. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ squadId: string }> },
): Promise<Response> {
  const { squadId } = await params;
  const state = readMorningSearch(paramsOf(new URL(request.url)));
  return csvAnswer(async (ctx) => {
    const input = { squadId, date: state.date ?? undefined, locale: "en-GB", what: "export" } as const;
    const view = await viewSquad({ ctx, input });
    const rows = inOrder(filtered(view.rows, state), state.sort);
    return { name: `${view.squad.name}-${view.date}.csv`, csv: morningCsv(view, rows) };
  });
}

function paramsOf(url: URL): Record<string, string[]> {
  return Object.fromEntries([...url.searchParams.keys()].map((key) => [key, url.searchParams.getAll(key)]));
}
