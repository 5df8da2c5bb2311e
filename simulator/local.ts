import type { Incoming } from "./http/router";

/** From this machine, and not from a page of another site in this machine's browser. */
export function isLocal(incoming: Incoming): boolean {
  const from = incoming.remoteAddress.replace(/^::ffff:/, "");
  const local = from === "::1" || from.startsWith("127.");
  return local && incoming.headers["sec-fetch-site"] !== "cross-site";
}
