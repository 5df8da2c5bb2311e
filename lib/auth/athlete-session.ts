import { decode, encode } from "next-auth/jwt";
import { cookieName, setCookie } from "./cookies";

export const athletePrefix = "restday-athlete";
export const athleteSessionLifeS = 90 * 24 * 60 * 60;

/** Name of the athletes' session cookie at this address. */
export function athleteSessionCookieName(appUrl: string): string {
  return cookieName({ prefix: athletePrefix, part: "session", appUrl });
}

/** What a session's cookie holds: whose it is, and when it began, so that all older ones can be ended at once. */
export function sessionToken(of: { athleteId: string | undefined; now: Date }): {
  sub: string | undefined;
  startedAtMs: number;
} {
  return { sub: of.athleteId, startedAtMs: of.now.getTime() };
}

/** `Set-Cookie` that signs an athlete in: the same encrypted token that next-auth makes after Polar. */
export async function athleteSessionCookie(input: {
  appUrl: string;
  secret: string;
  athleteId: string;
  now: Date;
}): Promise<string> {
  const name = athleteSessionCookieName(input.appUrl);
  const value = await encode({
    token: sessionToken(input),
    secret: input.secret,
    salt: name,
    maxAge: athleteSessionLifeS,
  });
  return setCookie({ name, value, path: "/", appUrl: input.appUrl, maxAgeS: athleteSessionLifeS });
}

/** `Set-Cookie` that ends the athlete's session in this browser. */
export function endAthleteSession(appUrl: string): string {
  return setCookie({ name: athleteSessionCookieName(appUrl), value: "", path: "/", appUrl });
}

export type AthleteSession = { athleteId: string; startedAt: Date };

/** The athlete a session cookie stands for, and since when; undefined when there is none, it ran out, or it was made elsewhere. */
export async function readAthleteSession(input: {
  appUrl: string;
  secret: string;
  value: string | undefined;
}): Promise<AthleteSession | undefined> {
  if (!input.value) return undefined;
  const salt = athleteSessionCookieName(input.appUrl);
  const token = await decode({ token: input.value, secret: input.secret, salt }).catch(() => null);
  if (!token?.sub) return undefined;
  const startedAtMs = typeof token.startedAtMs === "number" ? token.startedAtMs : (token.iat ?? 0) * 1000;
  return { athleteId: token.sub, startedAt: new Date(startedAtMs) };
}
