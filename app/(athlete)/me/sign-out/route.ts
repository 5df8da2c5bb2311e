import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { endAthleteSession } from "@/lib/auth/athlete-session";
import { env } from "@/lib/env";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  return seeOther("/me/sign-in?say=signed-out", [endAthleteSession(env().APP_URL)]);
}
