import { coachAuth } from "@/app/api/auth/coach-auth";
import { languageCookieFor } from "@/app/api/auth/language-cookie";
import { ownPath } from "@/app/own-path";
import { postedForm } from "@/app/posted-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";

type Params = { params: Promise<{ token: string }> };

/** Completes the sign-in of a mailed link, once. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  const next = ownPath((await postedForm(request)).get("next"), "/squads");
  const signedIn = await coachAuth().follow({ token, next });
  if (!signedIn) return seeOther(`/sign-in/link/${token}?${new URLSearchParams({ next })}`);
  return seeOther(signedIn.location, [
    signedIn.sessionCookie,
    await languageCookieFor(signedIn.sessionToken),
  ]);
}
