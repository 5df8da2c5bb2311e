import { athleteAuth } from "@/app/api/athlete-auth/athlete-auth";
import { athleteContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { requireCan } from "@/lib/services/access/require";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { athleteId } = requireCan(await athleteContext(), "own-page.view");
  const { location, cookies } = await athleteAuth().begin({ kind: "reconnect", athleteId });
  return seeOther(location, cookies);
}
