import { athleteContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { stopSharing } from "@/lib/services/own-page/sharing";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  await stopSharing({ ctx: await athleteContext() });
  return seeOther("/me?say=stopped");
}
