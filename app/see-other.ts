/** Answers a posted form: 303 to a path of this site (or to Polar), with cookies to set on the way. */
export function seeOther(location: string, setCookies: string[] = []): Response {
  // A header holds ASCII; what an address brought along decoded is encoded again.
  const ascii = location.replace(/[^!-~]+/g, (part) => encodeURIComponent(part.toWellFormed()));
  const headers = new Headers({ location: ascii, "cache-control": "no-store" });
  for (const cookie of setCookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
