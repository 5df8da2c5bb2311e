import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { refuseForeignOrigin } from "@/app/same-origin";
import { env } from "@/lib/env";

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses what another site's page sends, and gives every page a nonce of its own and the security headers. Assets are
 * left out: they run nothing by themselves; and so are Polar's and Inngest's calls, which are signed.
 */
export function proxy(request: NextRequest): Response {
  const refused = SAFE.includes(request.method) ? undefined : refuseForeignOrigin(request);
  if (refused) return refused;
  const { APP_URL, POLAR_AUTHORIZATION_URL } = env();
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy({ nonce, polarUrl: POLAR_AUTHORIZATION_URL, appUrl: APP_URL });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set("referrer-policy", "same-origin");
  response.headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()");
  if (APP_URL.startsWith("https:"))
    response.headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
  return response;
}

function contentPolicy(of: { nonce: string; polarUrl: string; appUrl: string }): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${of.nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${polarPlaces(of.polarUrl)}`,
    ...(of.appUrl.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** Browsers hold redirects after a posted form against `form-action`, and Polar's login stands on a neighbouring host. */
function polarPlaces(polarUrl: string): string {
  const { origin, hostname, protocol } = new URL(polarUrl);
  const family = hostname.split(".").slice(-2).join(".");
  return protocol === "https:" && family.includes(".") ? `${origin} https://*.${family}` : origin;
}

export const config = {
  matcher: [
    "/((?!_next/static|_next/image|api/inngest|api/webhooks|icon.svg|icons/|apple-icon.png|manifest.webmanifest).*)",
  ],
};
