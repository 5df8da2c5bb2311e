import { postedForm } from "@/app/posted-form";
import { keepHidden } from "@/components/squad/hidden-columns";
import { languages } from "@/i18n/locales";
import { chooseOwnLanguage } from "@/lib/services/own-page/sign-in";
import { optionalAthleteContext, optionalCoachContext } from "../context";
import { ownPath } from "../own-path";
import { preferenceCookie } from "../preference-cookie";
import { refuseForeignOrigin } from "../same-origin";
import { seeOther } from "../see-other";

/** Keeps the theme and the columns of the squad table in cookies, and the language in a cookie and with whoever is signed in, whose mails follow it. */
export async function POST(request: Request): Promise<Response> {
  const refused = refuseForeignOrigin(request);
  if (refused) return refused;
  const form = await postedForm(request);
  const cookies = [
    ...themeCookies(form.get("theme")),
    ...columnCookies(form),
    ...(await languageCookies(form.get("locale"))),
  ];
  return seeOther(ownPath(form.get("next"), "/"), cookies);
}

function themeCookies(theme: FormDataEntryValue | null): string[] {
  if (theme === "system") return [preferenceCookie("theme", "")];
  return theme === "light" || theme === "dark" ? [preferenceCookie("theme", theme)] : [];
}

/** A box that is not ticked is not sent: the form says besides that columns were chosen. */
function columnCookies(form: FormData): string[] {
  if (form.get("columns") !== "chosen") return [];
  return [preferenceCookie("hidden-columns", keepHidden(form.getAll("column")))];
}

async function languageCookies(wanted: FormDataEntryValue | null): Promise<string[]> {
  const language = languages().find(({ code }) => code === wanted)?.code;
  if (!language) return [];
  for (const ctx of [await optionalCoachContext(), await optionalAthleteContext()])
    if (ctx) await chooseOwnLanguage({ ctx, input: { language } });
  return [preferenceCookie("locale", language)];
}
