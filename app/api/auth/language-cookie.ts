import { getLocale } from "next-intl/server";
import { visitorContext } from "@/app/context";
import { preferenceCookie } from "@/app/preference-cookie";
import { languageOf } from "@/i18n/locales";
import { settleCoachLanguage } from "@/lib/services/team/sign-in";

/** `Set-Cookie` that gives a coach who signs in their own language in this browser. */
export async function languageCookieFor(sessionToken: string): Promise<string> {
  const input = { sessionToken, browser: languageOf(await getLocale()) };
  return preferenceCookie("locale", await settleCoachLanguage({ ctx: await visitorContext(), input }));
}
