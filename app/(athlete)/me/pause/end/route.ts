import { athleteContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { resumeSharing } from "@/lib/services/own-page/sharing";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { pausedOn } = await resumeSharing({ ctx: await athleteContext() });
  return seeOther(pausedOn ? `/me/connected?since=${pausedOn}` : "/me");
}
