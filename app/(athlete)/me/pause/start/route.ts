import { athleteContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { AppError } from "@/lib/errors";
import { pauseSharing } from "@/lib/services/own-page/sharing";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  try {
    await pauseSharing({ ctx: await athleteContext() });
    return seeOther("/me?say=paused");
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "forbidden") throw error;
    return seeOther("/me");
  }
}
