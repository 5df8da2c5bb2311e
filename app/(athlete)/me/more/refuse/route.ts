import { athleteContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { refuseMore } from "@/lib/services/consents/widening";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  await refuseMore({ ctx: await athleteContext() });
  return seeOther("/me?say=refused");
}
