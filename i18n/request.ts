import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { chooseLanguage, loadMessages, localeOf } from "./locales";

export default getRequestConfig(async () => {
  const chosen = (await cookies()).get("locale")?.value;
  const language = chooseLanguage(chosen, (await headers()).get("accept-language"));
  return { locale: localeOf(language), messages: loadMessages(language), timeZone: "UTC" };
});
