import { locationOf, openBrowser } from "./browser";

/** Accepts an invitation as the athlete would: reads it, consents, authorises at Polar and comes back. */
export async function join(input: { appUrl: string; link: string; login: string }): Promise<void> {
  const { appUrl, link, login } = input;
  const browser = openBrowser(appUrl);
  const page = await (await browser.get(link)).text();
  const textVersion = /name="textVersion" value="([^"]+)"/.exec(page)?.[1];
  if (!textVersion) throw new Error(`The invitation of ${login} shows no consent to accept`);
  const polar = locationOf(await browser.submit(`${link}/accept`, { textVersion, history: "with-history" }));
  const callback = locationOf(await browser.submit(polar, { login, decision: "accept" }));
  const arrived = new URL(locationOf(await browser.get(callback)));
  if (arrived.pathname !== "/me/connected")
    throw new Error(`${login} was sent to ${arrived.pathname}${arrived.search} instead of being connected`);
}
