import type { IncomingMessage } from "node:http";
import { parseAndValidateFlightRouterState } from "next/dist/server/app-render/parse-and-validate-flight-router-state.js";

/** What proxies and clients say about the address that was asked for. Whoever can reach the port can write them. */
const HEARSAY = /^(forwarded|x-forwarded-(?!for$).*|x-original-(url|host)|x-rewrite-url|x-host)$/;

/**
 * Tells the app that it was asked at its own public address, whatever `Host` and `X-Forwarded-*` say: `APP_URL` alone
 * is trusted, so that Restday behaves the same behind every proxy, configured or not.
 */
export function pinAddress({ headers }: Pick<IncomingMessage, "headers">, appUrl: string): void {
  const { host, protocol, port } = new URL(appUrl);
  for (const name of Object.keys(headers)) if (HEARSAY.test(name)) delete headers[name];
  const scheme = protocol.slice(0, -1);
  headers.host = host;
  headers["x-forwarded-host"] = host;
  headers["x-forwarded-proto"] = scheme;
  headers["x-forwarded-port"] = port || (scheme === "https" ? "443" : "80");
}

/** What a URL leads elsewhere by: browsers have resolved it before they ask. */
const DETOUR = /\\|(^|\/)(\.|%2e){1,2}(\/|$)/i;

/**
 * Whether the path and query of a request can be read: percent-encoded UTF-8 without NUL, of this site, and without
 * detours, after which the app would see another path than was judged here.
 */
export function isReadable(target: string): boolean {
  if (!target.startsWith("/")) return false;
  const [path = "", query = ""] = target.split(/\?(.*)/s, 2);
  if (DETOUR.test(path)) return false;
  try {
    return ![decodeURIComponent(path), decodeQuery(query)].some((text) => text.includes("\0"));
  } catch {
    return false;
  }
}

/** A lone `%` in a query is what people type; browsers and `URLSearchParams` take it as it stands. */
function decodeQuery(query: string): string {
  return [...new URLSearchParams(query)].flat().join("\n");
}

/**
 * Whether the app can read what a request's headers say of the page that is shown in the browser, if they say anything:
 * Next throws where it cannot.
 */
export function isReadableState({ headers }: Pick<IncomingMessage, "headers">): boolean {
  try {
    parseAndValidateFlightRouterState(headers["next-router-state-tree"]);
    return true;
  } catch {
    return false;
  }
}
