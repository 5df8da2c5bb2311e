import { decode, encode } from "next-auth/jwt";
import { athletePrefix } from "./athlete-session";
import { cookieName, readCookie, setCookie } from "./cookies";

/**
 * Why an athlete goes to Polar: to accept an invitation, to come back to the own page, or to connect from it.
 * `consentId`: what this browser has agreed to, which no other browser's answer to the same link may stand in for.
 */
export type Intent =
  | { kind: "invitation"; token: string; consentId: string }
  | { kind: "return" }
  | { kind: "reconnect"; athleteId: string };

const lifeS = 15 * 60;

function nameOf(appUrl: string): string {
  return cookieName({ prefix: athletePrefix, part: "intent", appUrl });
}

type Place = { appUrl: string; basePath: string; secret: string };

/** `Set-Cookie` with the encrypted intent, good for one answer of Polar: the one that carries the same `state`. */
export async function intentCookie(place: Place, sealed: { intent: Intent; state: string }): Promise<string> {
  const name = nameOf(place.appUrl);
  const value = await encode({ token: sealed, secret: place.secret, salt: name, maxAge: lifeS });
  return setCookie({ name, value, path: place.basePath, appUrl: place.appUrl, maxAgeS: lifeS });
}

/** `Set-Cookie` that forgets the intent, so that no second answer can use it. */
export function forgetIntent(place: Place): string {
  return setCookie({ name: nameOf(place.appUrl), value: "", path: place.basePath, appUrl: place.appUrl });
}

/** The intent of the browser that brings Polar's answer; undefined when it is missing, old, or of another `state`. */
export async function readIntent(place: Place, request: Request): Promise<Intent | undefined> {
  const name = nameOf(place.appUrl);
  const token = readCookie(request.headers.get("cookie"), name);
  const state = new URL(request.url).searchParams.get("state");
  if (!token || !state) return undefined;
  const opened = await decode<{ intent: Intent; state: string }>({
    token,
    secret: place.secret,
    salt: name,
  }).catch(() => null);
  return opened?.state === state ? opened.intent : undefined;
}
