import { visitorContext } from "@/app/context";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { coachSessionCookie, coachSessionCookieName } from "@/lib/auth/coach-session";
import { readCookie } from "@/lib/auth/cookies";
import { env } from "@/lib/env";
import { closeSession } from "@/lib/services/team/sign-in";

export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { APP_URL: appUrl } = env();
  const sessionToken = readCookie(request.headers.get("cookie"), coachSessionCookieName(appUrl));
  if (sessionToken) await closeSession({ ctx: await visitorContext(), input: { sessionToken } });
  return seeOther("/", [coachSessionCookie({ appUrl, token: "" })]);
}
