type CookieOptions = { httpOnly: true; sameSite: "lax"; path: string; secure: boolean; maxAge?: number };
type NamedCookie = { name: string; options: CookieOptions };

/** True when the app's address is https: cookies are then `Secure` and carry the `__Secure-` prefix. */
export function isSecure(appUrl: string): boolean {
  return appUrl.startsWith("https:");
}

/** Name of one cookie of one sign-in instance, e.g. `restday-coach.session`. */
export function cookieName(input: { prefix: string; part: string; appUrl: string }): string {
  return `${isSecure(input.appUrl) ? "__Secure-" : ""}${input.prefix}.${input.part}`;
}

/**
 * Every cookie an instance of next-auth may set, under names of its own, so that two instances never read each
 * other's. Only the session is sent to the whole site; the rest stays on the instance's own path.
 */
export function instanceCookies(input: { prefix: string; basePath: string; appUrl: string }) {
  const cookie = (part: string, path: string, maxAge?: number): NamedCookie => ({
    name: cookieName({ prefix: input.prefix, part, appUrl: input.appUrl }),
    options: {
      httpOnly: true,
      sameSite: "lax",
      path,
      secure: isSecure(input.appUrl),
      ...(maxAge === undefined ? {} : { maxAge }),
    },
  });
  const quarterHourS = 15 * 60;
  return {
    sessionToken: cookie("session", "/"),
    callbackUrl: cookie("callback-url", input.basePath),
    csrfToken: cookie("csrf", input.basePath),
    state: cookie("state", input.basePath, quarterHourS),
    pkceCodeVerifier: cookie("pkce", input.basePath, quarterHourS),
    nonce: cookie("nonce", input.basePath),
    webauthnChallenge: cookie("challenge", input.basePath, quarterHourS),
  };
}

/** A `Set-Cookie` header value; an empty value deletes the cookie. */
export function setCookie(input: {
  name: string;
  value: string;
  path: string;
  appUrl: string;
  expires?: Date;
  maxAgeS?: number;
}): string {
  const parts = [`${input.name}=${input.value}`, `Path=${input.path}`, "HttpOnly", "SameSite=Lax"];
  if (isSecure(input.appUrl)) parts.push("Secure");
  if (input.value === "") parts.push("Max-Age=0");
  else if (input.expires) parts.push(`Expires=${input.expires.toUTCString()}`);
  else if (input.maxAgeS !== undefined) parts.push(`Max-Age=${input.maxAgeS}`);
  return parts.join("; ");
}

/** One cookie of a `Cookie` header; undefined when there is none, or none that we could have set: broken encoding, NUL. */
export function readCookie(header: string | null, name: string): string | undefined {
  const found = (header ?? "").split(/;\s*/).find((pair) => pair.startsWith(`${name}=`));
  return found === undefined ? undefined : decoded(found.slice(name.length + 1));
}

function decoded(value: string): string | undefined {
  try {
    const text = decodeURIComponent(value);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
