import pino from "pino";
import { expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import type { Quota } from "@/lib/wearables/exchange";
import { confine, createPolarClient } from "./client";

type Sent = { url: string; init: RequestInit };

function clientAnswering(answer: () => Response | Promise<Response>, retryAt: Date | null = null) {
  const sent: Sent[] = [];
  const observed: Quota[] = [];
  const polar = createPolarClient({
    apiUrl: "https://polar.example",
    clientId: "id",
    clientSecret: "secret",
    log: pino({ level: "silent" }),
    clock: () => new Date("2026-11-20T08:00:00Z"),
    budget: {
      admit: async () => (retryAt ? { retryAt } : null),
      observe: async (quota) => {
        observed.push(quota);
      },
    },
    fetch: async (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      return answer();
    },
  });
  return { polar, sent, observed };
}

const get = { method: "GET" as const, target: "/v3/users/sleep", accessToken: "token" };

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "no error",
    (error) => (error instanceof AppError ? error.code : error),
  );
}

test.each([
  "https://www.polaraccesslink.com/v3/users/475/exercise-transactions/122?x=1",
  "https://www.polaraccesslink/v3/users/475/exercise-transactions/122?x=1",
  "http://attacker.example:8080/v3/users/475/exercise-transactions/122?x=1",
  "//attacker.example/v3/users/475/exercise-transactions/122?x=1",
  "/v3/users/475/exercise-transactions/122?x=1",
])("a token goes to the configured origin only, whatever an answer names: %s", async (target) => {
  const { polar, sent } = clientAnswering(() => new Response("{}"));
  await polar({ ...get, target });
  expect(sent[0]?.url).toBe("https://polar.example/v3/users/475/exercise-transactions/122?x=1");
});

test.each(["https://attacker.example/steal", "/v3/../oauth", "not an address", "", "javascript:alert(1)"])(
  "an address outside of AccessLink is refused: %s",
  (target) => {
    expect(() => confine("https://polar.example", target)).toThrow(AppError);
  },
);

test("an athlete's request carries the token, the client's own its credentials, and none follows redirects", async () => {
  const { polar, sent } = clientAnswering(() => new Response("{}"));
  await polar(get);
  await polar({ method: "GET", target: "/v3/notifications" });
  expect(sent[0]?.init).toMatchObject({ redirect: "manual", headers: { authorization: "Bearer token" } });
  expect(sent[1]?.init.headers).toMatchObject({ authorization: `Basic ${btoa("id:secret")}` });
});

test("the text of an answer is kept exactly as it came", async () => {
  const body = '{ "weight":  66.0 }\n';
  const { polar } = clientAnswering(() => new Response(body));
  expect(await polar(get)).toEqual({ kind: "content", status: 200, text: body, json: { weight: 66 } });
});

test.each([
  [204, null, { kind: "empty", status: 204 }],
  [200, "", { kind: "bodiless", status: 200 }],
  [200, " \n", { kind: "bodiless", status: 200 }],
  [202, "{}", { kind: "undocumented", status: 202 }],
  [206, '{"nights": []}', { kind: "undocumented", status: 206 }],
  [404, "", { kind: "missing" }],
  [405, "no", { kind: "refused", status: 405, text: "no" }],
  [409, "", { kind: "refused", status: 409, text: "" }],
  [200, '{"nights": [', { kind: "malformed", status: 200, text: '{"nights": [' }],
])("%i %j is an outcome", async (status, body, outcome) => {
  const { polar } = clientAnswering(() => new Response(body, { status }));
  expect(await polar(get)).toEqual(outcome);
});

test.each([
  [401, "provider-unauthorised"],
  [403, "provider-consent-missing"],
  [429, "provider-busy"],
  [500, "provider-failed"],
  [503, "provider-failed"],
  [302, "provider-failed"],
])("%i is an error", async (status, code) => {
  const { polar } = clientAnswering(
    () => new Response("", { status, headers: { location: "https://other.example" } }),
  );
  expect(await codeOf(polar(get))).toBe(code);
});

test("a page instead of data, and no answer at all, are errors", async () => {
  expect(await codeOf(clientAnswering(() => new Response("<!doctype html>")).polar(get))).toBe(
    "provider-failed",
  );
  const silent = clientAnswering(() => Promise.reject(new TypeError("fetch failed")));
  expect(await codeOf(silent.polar(get))).toBe("provider-failed");
});

test("the quota headers reach the budget", async () => {
  const headers = {
    "RateLimit-Usage": "12, 340",
    "RateLimit-Limit": "540, 5200",
    "RateLimit-Reset": "611, 70211",
  };
  const { polar, observed } = clientAnswering(() => new Response("{}", { headers }));
  await polar(get);
  expect(observed).toEqual([
    { short: { used: 12, limit: 540, resetsInS: 611 }, long: { used: 340, limit: 5200, resetsInS: 70_211 } },
  ]);
});

test.each([
  ["the quarter of an hour", "541, 600", "611, 70211", "2026-11-20T08:10:11.000Z"],
  ["the day", "541, 5200", "611, 70211", "2026-11-21T03:30:11.000Z"],
])("a 429 waits for the reset of %s", async (_, usage, reset, retryAt) => {
  const headers = { "RateLimit-Usage": usage, "RateLimit-Limit": "540, 5200", "RateLimit-Reset": reset };
  const { polar } = clientAnswering(() => new Response("", { status: 429, headers }));
  await expect(polar(get)).rejects.toMatchObject({ code: "provider-busy", retryAt: new Date(retryAt) });
});

test("a 429 without headers waits a minute", async () => {
  const { polar } = clientAnswering(() => new Response("", { status: 429 }));
  await expect(polar(get)).rejects.toMatchObject({ retryAt: new Date("2026-11-20T08:01:00Z") });
});

const quotaOf = (usage: string, limit: string, reset: string) => ({
  ...{ "RateLimit-Usage": usage, "RateLimit-Limit": limit, "RateLimit-Reset": reset },
});

test.each([
  ["no numbers", quotaOf("a, b", "540, 5200", "611, 70211")],
  ["one number", quotaOf("12", "540, 5200", "611, 70211")],
  ["negative numbers", quotaOf("-12, 340", "540, 5200", "611, 70211")],
  ["numbers without measure", quotaOf("12, 9e19", "540, 99999999999999999999", "611, 70211")],
  ["a limit of none", quotaOf("0, 0", "0, 0", "611, 70211")],
])("quota headers with %s tell nothing, and the answer counts all the same", async (_what, headers) => {
  const { polar, observed } = clientAnswering(() => new Response("{}", { headers }));
  expect(await polar(get)).toMatchObject({ kind: "content" });
  expect(observed).toEqual([]);
});

test("no window and no refusal lasts longer than a quota's", async () => {
  const headers = quotaOf("540, 5200", "540, 5200", "99999999999, 99999999999");
  const { polar, observed } = clientAnswering(() => new Response("{}", { headers }));
  await polar(get);
  expect(observed[0]).toMatchObject({ short: { resetsInS: 900 }, long: { resetsInS: 86_400 } });
  for (const headers of [
    quotaOf("1, 5200", "540, 5200", "1, 99999999999"),
    { "retry-after": "9".repeat(30) },
  ]) {
    const { polar } = clientAnswering(() => new Response("", { status: 429, headers }));
    const retryAt = new Date("2026-11-21T08:00:00Z");
    await expect(polar(get)).rejects.toMatchObject({ code: "provider-busy", retryAt });
  }
});

test("a refused token is not sent again, though others are", async () => {
  const { polar, sent } = clientAnswering(() => new Response("", { status: 401 }));
  for (let request = 0; request < 3; request += 1)
    expect(await codeOf(polar(get))).toBe("provider-unauthorised");
  expect(sent).toHaveLength(1);
  expect(await codeOf(polar({ ...get, accessToken: "another" }))).toBe("provider-unauthorised");
  expect(sent).toHaveLength(2);
});

test("without budget nothing is sent", async () => {
  const retryAt = new Date("2026-11-20T08:10:00Z");
  const { polar, sent } = clientAnswering(() => new Response("{}"), retryAt);
  await expect(polar(get)).rejects.toMatchObject({ code: "provider-busy", retryAt });
  expect(sent).toEqual([]);
});
