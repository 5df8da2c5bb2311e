import { env } from "@/lib/env";

const YEAR_S = 31_536_000;

/** `Set-Cookie` of the theme, the language or the columns of the squad table, which the server reads to render a page as wanted at once; an empty value forgets it. */
export function preferenceCookie(name: "theme" | "locale" | "hidden-columns", value: string): string {
  const secure = env().APP_URL.startsWith("https:") ? "; Secure" : "";
  const maxAgeS = value === "" ? 0 : YEAR_S;
  return `${name}=${value}; Path=/; Max-Age=${maxAgeS}; SameSite=Lax; HttpOnly${secure}`;
}
