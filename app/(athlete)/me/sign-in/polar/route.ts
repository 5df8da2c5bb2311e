import { athleteAuth } from "@/app/api/athlete-auth/athlete-auth";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { location, cookies } = await athleteAuth().begin({ kind: "return" });
  return seeOther(location, cookies);
}
