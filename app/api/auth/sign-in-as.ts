import { visitorContext } from "@/app/context";
import { seeOther } from "@/app/see-other";
import { coachSessionCookie } from "@/lib/auth/coach-session";
import { env } from "@/lib/env";
import { openSession } from "@/lib/services/team/sign-in";
import { languageCookieFor } from "./language-cookie";

/** Opens a session for a coach who proved who they are without the magic link, and leads to the squads. */
export async function signInAs(userId: string): Promise<Response> {
  const { sessionToken, expires } = await openSession({ ctx: await visitorContext(), input: { userId } });
  const cookie = coachSessionCookie({ appUrl: env().APP_URL, token: sessionToken, expires });
  return seeOther("/squads", [cookie, await languageCookieFor(sessionToken)]);
}
