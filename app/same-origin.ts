import { chooseLanguage } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import { env } from "@/lib/env";

/**
 * Refuses a form posted from another site: its `Origin` has to be `APP_URL`, whatever `Host` says. A request without
 * `Origin` comes from no page of a browser (or from one that withholds it) and is let through; the session cookies are
 * `SameSite=Lax` besides.
 */
export function refuseForeignOrigin(request: Request): Response | undefined {
  const origin = request.headers.get("origin");
  if (origin === null || origin === env().APP_URL) return undefined;
  return refusal(request);
}

/** In the browser's language: another site's form brings no cookie of ours that would tell the chosen one. */
function refusal(request: Request): Response {
  const language = chooseLanguage(undefined, request.headers.get("accept-language"));
  const headers = { "content-type": "text/plain; charset=utf-8", "content-language": language };
  const sentence = sayIn(language, "errors")("foreign", { address: env().APP_URL });
  return new Response(`${sentence}\n`, { status: 403, headers });
}
