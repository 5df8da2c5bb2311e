import { athleteContext } from "@/app/context";
import { viewProgress } from "@/lib/services/athlete-page/progress";
import { waitInWords } from "../wait-in-words";

export async function GET(): Promise<Response> {
  const progress = await viewProgress({ ctx: await athleteContext() });
  const wait = await waitInWords(progress.firstSyncWait);
  return Response.json({ ...progress, wait }, { headers: { "cache-control": "no-store" } });
}
