import { visitorContext } from "@/app/context";
import { preferenceCookie } from "@/app/preference-cookie";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { languageOf } from "@/i18n/locales";
import { readCookie } from "@/lib/auth/cookies";
import { AppError } from "@/lib/errors";
import { openPageLink, settleAthleteLanguage } from "@/lib/services/own-page/sign-in";
import { freshSession } from "../../../fresh-session";

type Params = { params: Promise<{ token: string }> };

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const { token } = await params;
  try {
    const { athleteId } = await openPageLink({ ctx: await visitorContext(), input: { token } });
    return seeOther("/me", [await freshSession(athleteId), ...(await languageCookies(request, athleteId))]);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return seeOther("/me/sign-in?say=page-link-ended");
  }
}

/** A new phone speaks the athlete's language; a language chosen on this phone is kept. */
async function languageCookies(request: Request, athleteId: string): Promise<string[]> {
  const chosen = readCookie(request.headers.get("cookie"), "locale");
  const input = { athleteId, chosen: chosen && languageOf(chosen) };
  const language = await settleAthleteLanguage({ ctx: await visitorContext(), input });
  return language ? [preferenceCookie("locale", language)] : [];
}
