import { expect, test } from "vitest";
import { intentCookie, readIntent } from "./intent";

const place = {
  appUrl: "http://localhost:3000",
  basePath: "/api/athlete-auth",
  secret: "one secret of many",
};
const intent = { kind: "invitation", token: "secret-token", consentId: "consent" } as const;

async function answerWith(state: string, cookie: string) {
  const url = `${place.appUrl}/api/athlete-auth/callback/polar?code=1&state=${state}`;
  return new Request(url, { headers: { cookie: cookie.split(";")[0] ?? "" } });
}

test("an intent comes back with the state it left with, and is readable on the way to nobody", async () => {
  const cookie = await intentCookie(place, { intent, state: "abc" });
  expect(cookie).not.toContain("secret-token");
  expect(cookie).toContain("Path=/api/athlete-auth; HttpOnly; SameSite=Lax; Max-Age=900");
  expect(await readIntent(place, await answerWith("abc", cookie))).toEqual(intent);
});

test("another state, another secret, a changed or a missing cookie is no intent", async () => {
  const cookie = await intentCookie(place, { intent, state: "abc" });
  expect(await readIntent(place, await answerWith("abd", cookie))).toBeUndefined();
  const elsewhere = { ...place, secret: "another secret" };
  expect(await readIntent(elsewhere, await answerWith("abc", cookie))).toBeUndefined();
  const changed = cookie.replace(/(?<=\.)[^.;]/, (letter) => (letter === "A" ? "B" : "A"));
  expect(await readIntent(place, await answerWith("abc", changed))).toBeUndefined();
  expect(await readIntent(place, await answerWith("abc", ""))).toBeUndefined();
});
