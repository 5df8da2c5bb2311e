import { z } from "zod";
import { answerForm } from "@/app/answer-form";
import { text, texts } from "@/app/form";
import { keepHidden } from "@/components/squad/hidden-columns";
import { languages } from "@/i18n/locales";
import { chooseOwnLanguage } from "@/lib/services/own-page/sign-in";
import { optionalAthleteContext, optionalCoachContext } from "../context";
import { ownPath } from "../own-path";
import { preferenceCookie } from "../preference-cookie";
import { seeOther } from "../see-other";

/** A box that is not ticked is not sent: the form says besides that columns were chosen. */
const fields = z.object({ next: text, theme: text, locale: text, columns: text, column: texts });

type Wanted = z.output<typeof fields>;

/** Keeps the theme and the columns of the squad table in cookies, and the language in a cookie and with whoever is signed in, whose mails follow it. */
export async function POST(request: Request): Promise<Response> {
  return answerForm(request, {
    fields,
    act: async (wanted) => {
      const cookies = [...themeCookies(wanted), ...columnCookies(wanted), ...(await languageCookies(wanted))];
      return seeOther(ownPath(wanted.next, "/"), cookies);
    },
    refused: () => "/",
  });
}

function themeCookies({ theme }: Wanted): string[] {
  if (theme === "system") return [preferenceCookie("theme", "")];
  return theme === "light" || theme === "dark" ? [preferenceCookie("theme", theme)] : [];
}

function columnCookies({ columns, column }: Wanted): string[] {
  return columns === "chosen" ? [preferenceCookie("hidden-columns", keepHidden(column))] : [];
}

async function languageCookies({ locale }: Wanted): Promise<string[]> {
  const language = languages().find(({ code }) => code === locale)?.code;
  if (!language) return [];
  for (const ctx of [await optionalCoachContext(), await optionalAthleteContext()])
    if (ctx) await chooseOwnLanguage({ ctx, input: { language } });
  return [preferenceCookie("locale", language)];
}
