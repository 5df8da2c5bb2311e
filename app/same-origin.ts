import { chooseLanguage } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import { env } from "@/lib/env";

/**
 * Refuses a form posted from another site. A request without `Origin` comes from no page of a browser
 * (or from one that withholds it) and is let through; the session cookies are `SameSite=Lax` besides.
 */
export function refuseForeignOrigin(request: Request): Response | undefined {
  const origin = request.headers.get("origin");
  if (origin === null) return undefined;
  const own = [
    env().APP_URL,
    `http://${request.headers.get("host")}`,
    `https://${request.headers.get("host")}`,
  ];
  return own.includes(origin) ? undefined : refusal(request);
}

/** In the browser's language: another site's form brings no cookie of ours that would tell the chosen one. */
function refusal(request: Request): Response {
  const language = chooseLanguage(undefined, request.headers.get("accept-language"));
  const headers = { "content-type": "text/plain; charset=utf-8", "content-language": language };
  return new Response(`${sayIn(language, "errors")("foreign")}\n`, { status: 403, headers });
}
