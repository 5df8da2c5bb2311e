import { NextRequest } from "next/server";
import { beforeAll, expect, test } from "vitest";
import { postedForm } from "@/app/answer-form";
import { refuseForeignOrigin } from "@/app/same-origin";
import { seeOther } from "@/app/see-other";
import { proxy } from "@/proxy";
import { stubEnvironment } from "../support/environment";

const appUrl = "https://restday.example.org";

beforeAll(() => {
  stubEnvironment({
    APP_URL: appUrl,
    POLAR_CLIENT_ID: "client",
    POLAR_CLIENT_SECRET: "secret",
    POLAR_API_URL: "https://www.polaraccesslink.com",
  });
});

function policyOf(response: Response): Map<string, string> {
  const policy = response.headers.get("content-security-policy") ?? "";
  return new Map(policy.split("; ").map((rule) => [rule.split(" ")[0] ?? "", rule]));
}

test("scripts run by a nonce that no two answers share", () => {
  const rules = [1, 2].map(() => policyOf(proxy(new NextRequest(`${appUrl}/me`))).get("script-src"));
  expect(rules[0]).toMatch(/^script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'$/);
  expect(rules[0]).not.toBe(rules[1]);
});

test("forms may lead to Polar and its neighbouring login, and to nobody else", () => {
  const policy = policyOf(proxy(new NextRequest(`${appUrl}/invite/x`)));
  expect(policy.get("form-action")).toBe("form-action 'self' https://flow.polar.com https://*.polar.com");
  expect(policy.get("frame-ancestors")).toBe("frame-ancestors 'none'");
});

test("links with secrets leak through no referrer, and https stays https", () => {
  const { headers } = proxy(new NextRequest(`${appUrl}/invite/x`));
  expect(headers.get("referrer-policy")).toBe("same-origin");
  expect(headers.get("strict-transport-security")).toContain("max-age=31536000");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test.each([
  ["our own page", appUrl, undefined],
  ["no page of a browser", null, undefined],
  ["another site", "https://evil.example.org", 403],
  ["a page that hides where it is", "null", 403],
  ["a site whose name begins like ours", `${appUrl}.evil.org`, 403],
])("a form posted from %s", (_from, origin, status) => {
  const headers = new Headers({ host: "restday.example.org", ...(origin === null ? {} : { origin }) });
  const request = new Request(`${appUrl}/me/stop`, { method: "POST", headers });
  expect(refuseForeignOrigin(request)?.status).toBe(status);
});

test.each([
  ["en-GB,en;q=0.9", /^This form was sent from another site/],
  ["fi-FI,fi;q=0.9,en;q=0.8", /^Lomake lähetettiin toiselta sivustolta/],
])("a refused form says why in the language of the browser: %s", async (language, words) => {
  const headers = { origin: "https://evil.example.org", "accept-language": language };
  const refused = refuseForeignOrigin(new Request(`${appUrl}/me/stop`, { method: "POST", headers }));
  expect(await refused?.text()).toMatch(words);
  expect(refused?.headers.get("content-language")).toBe(language.slice(0, 2));
});

test.each([
  ["/mail/stop/🦄/choice", "/mail/stop/%F0%9F%A6%84/choice"],
  ["/squads?find=\n\0", "/squads?find=%0A%00"],
  ["/x\ud800", "/x%EF%BF%BD"],
  ["/squads/a%20b?say=saved#x", "/squads/a%20b?say=saved#x"],
])("a redirect leads to %j whatever an address brought along", (path, location) => {
  expect(seeOther(path).headers.get("location")).toBe(location);
});

test.each([
  ["application/json", '{"a":"b"}'],
  ["text/plain", "[]"],
  ["multipart/form-data", "--x"],
  ["application/x-www-form-urlencoded", ""],
])("what is posted as %s and is no form has no fields", async (type, body) => {
  const request = new Request(appUrl, { method: "POST", headers: { "content-type": type }, body });
  expect([...(await postedForm(request))]).toEqual([]);
});
