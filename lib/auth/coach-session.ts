import { cookieName, setCookie } from "./cookies";

export const coachPrefix = "restday-coach";

/** Name of the coaches' session cookie at this address. */
export function coachSessionCookieName(appUrl: string): string {
  return cookieName({ prefix: coachPrefix, part: "session", appUrl });
}

/** `Set-Cookie` for a coach's database session that was opened outside next-auth; an empty token signs out. */
export function coachSessionCookie(input: { appUrl: string; token: string; expires?: Date }): string {
  const name = coachSessionCookieName(input.appUrl);
  return setCookie({ name, value: input.token, path: "/", appUrl: input.appUrl, expires: input.expires });
}
