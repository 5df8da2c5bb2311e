import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, expect } from "@playwright/test";
import { connect, invite, makeSquad, newcomer, signIn } from "./support/people";
import { openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());

/** What no page of ours sends: each must end in a refusal or in the nearest sensible page, never in a fault. */
const NONSENSE = [
  "",
  "9e19",
  "-1",
  "99999999999999999999",
  "NaN",
  "2999-12-31",
  "0000-00-00",
  "2026-02-30",
  "00000000-0000-0000-0000-000000000000",
  "not-a-uuid",
  "%ED%A0%80%FF",
  "%F0%9F%A6%84",
  "'%22%3Cscript%3E;--",
  "__proto__",
  "../../etc/passwd",
  "a".repeat(4_000),
];

const sources = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join("app", file), "utf8") }));

/** Every page and route as its folder names it, without the groups. */
const routes = [
  ...new Set(
    sources
      .filter(({ file }) => /(^|\/)(page\.tsx|route\.ts)$/.test(file))
      .map(
        ({ file }) =>
          `/${file
            .split("/")
            .slice(0, -1)
            .filter((part) => !part.startsWith("("))
            .join("/")}`,
      ),
  ),
].toSorted();

/** Every name that the app reads from an address: keys of its schemas, and what is asked for by name. */
const names = [
  ...new Set(
    sources.flatMap(({ text }) => [
      ...[...text.matchAll(/^\s+(\w+): (?:z\b|column\b)/gm)].map((match) => match[1] ?? ""),
      ...[...text.matchAll(/(?:searchParams|params|query)\)?\.get\("([^"]+)"\)/g)].map(
        (match) => match[1] ?? "",
      ),
      ...[...text.matchAll(/\{ ([\w, ]+) \} = (?:\w+\.parse\()?\(?await searchParams/g)].flatMap((match) =>
        (match[1] ?? "").split(", "),
      ),
    ]),
  ),
].toSorted();

type Ids = Record<string, string>;

async function idsOf(squadUrl: string): Promise<Ids> {
  const squadId = new URL(squadUrl).pathname.split("/")[2] ?? "";
  const [row] = await database`
    select a.id as "athleteId", (select id from workouts w where w.athlete_id = a.id limit 1) as "workoutId",
      (select id from raw_payloads p where p.athlete_id = a.id limit 1) as "payloadId"
    from athletes a where a.squad_id = ${squadId} limit 1`;
  return { squadId, ...row };
}

function addressOf(route: string, ids: Ids): string {
  return route.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => encodeURIComponent(ids[name] ?? "x"));
}

/** The faults that a list of requests met: what was asked and how it was answered. */
async function faults(
  requests: { what: string; ask: () => Promise<{ status(): number }> }[],
): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; at < requests.length; at += 6) {
    const some = requests.slice(at, at + 6);
    const statuses = await Promise.all(some.map(({ ask }) => ask().then((answer) => answer.status())));
    statuses.forEach((status, index) => {
      if (status >= 500) found.push(`${status} ${some[index]?.what}`);
    });
  }
  return found;
}

function everyAddress(request: APIRequestContext, ids: Ids) {
  const at = (path: string) => ({
    what: `GET ${path.slice(0, 160)}`,
    ask: () => request.get(`${product.origin}${path}`, { maxRedirects: 0 }),
  });
  return routes.flatMap((route) => {
    const good = addressOf(route, ids);
    const placeholders = [...route.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map((match) => match[1] ?? "");
    const badIds = placeholders.flatMap((name) =>
      NONSENSE.filter((value) => value !== "" && !value.includes("/") && !value.includes("%ED")).map(
        (value) =>
          at(
            route.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, one: string) =>
              one === name ? value : (ids[one] ?? "x"),
            ),
          ),
      ),
    );
    // All names at once with one value; and each value of a name twice, as no form of ours has it.
    const badQueries = NONSENSE.flatMap((value) => [
      at(
        `${good}?${names
          .map((name) => `${name}=${value.slice(0, 300)}`)
          .join("&")
          .slice(0, 9_000)}`,
      ),
      at(
        `${good}?${names
          .map((name) => `${name}=${value.slice(0, 40)}&${name}=x`)
          .join("&")
          .slice(0, 9_000)}`,
      ),
    ]);
    return [at(good), ...badIds, ...badQueries];
  });
}

/** Every route with methods and bodies that it does not take. */
function everyMethod(request: APIRequestContext, ids: Ids) {
  const headers = { origin: product.origin };
  const kinds: [string, Parameters<APIRequestContext["fetch"]>[1]][] = [
    ["DELETE", { method: "DELETE", headers }],
    ["PATCH", { method: "PATCH", headers, form: { a: "b" } }],
    ["PUT", { method: "PUT", headers, form: { a: "b" } }],
    ["POST of nothing", { method: "POST", headers }],
    ["POST of JSON", { method: "POST", headers, data: { a: "b" } }],
    ["POST of a form of nobody's", { method: "POST", headers, form: { a: "b" } }],
    ["POST of a multipart form of nobody's", { method: "POST", headers, multipart: { a: "b" } }],
    [
      "POST to an action that is not there",
      {
        method: "POST",
        headers: { ...headers, "next-action": "0".repeat(42), "content-type": "text/plain" },
        data: "[]",
      },
    ],
    [
      "POST to no action",
      {
        method: "POST",
        headers: { ...headers, "next-action": "x", "content-type": "text/plain" },
        data: "{",
      },
    ],
  ];
  // What ends a session or a person's data is pressed by nobody here.
  const safe = routes.filter((route) => !/sign-out|\/me\/(stop|delete)|athlete-auth|inngest/.test(route));
  return safe.flatMap((route) =>
    kinds.map(([what, options]) => ({
      what: `${what} ${route}`,
      ask: () => request.fetch(`${product.origin}${addressOf(route, ids)}`, { ...options, maxRedirects: 0 }),
    })),
  );
}

type Form = { page: string; action: string; fields: [string, string][] };

const decode = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
const attribute = (tag: string, name: string) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? decode(found[1] ?? "") : undefined;
};

/** The forms of a page that post something, with what a browser without scripts would send. */
function formsIn(page: string, html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, tag = "", inside = ""]) => {
    if (!/post/i.test(attribute(tag, "method") ?? "")) return [];
    const fields = [...inside.matchAll(/<(input|select|textarea|button)\b[^>]*>/g)].flatMap(
      ([field]): [string, string][] => {
        const name = attribute(field, "name");
        return name === undefined ? [] : [[name, attribute(field, "value") ?? ""]];
      },
    );
    return [{ page, action: attribute(tag, "action") || page, fields }];
  });
}

/** Each field of each form with each nonsense in its place. */
function everyField(request: APIRequestContext, forms: Form[]) {
  const seen = new Set<string>();
  return forms.flatMap(({ action, fields }) => {
    const path = new URL(action, product.origin).pathname;
    const shape = `${path.replace(/[\da-f-]{36}/g, "id")} ${fields.map(([name]) => name.replace(/\$ACTION_REF_\d+|^\$ACTION_\d+:\d+$/, "$")).join()}`;
    if (seen.has(shape) || /sign-out|\/me\/(stop|delete)/.test(path)) return [];
    seen.add(shape);
    const own = [...new Set(fields.map(([name]) => name).filter((name) => !name.startsWith("$ACTION")))];
    return own.flatMap((name) =>
      [...NONSENSE, "a\tb\nc"].map((value) => {
        const body = new FormData();
        for (const [field, was] of fields) body.append(field, field === name ? decodeLoosely(value) : was);
        return {
          what: `POST ${shape} with ${name}=${value.slice(0, 40)}`,
          ask: () =>
            request.post(new URL(action, product.origin).href, {
              multipart: body,
              headers: { origin: product.origin },
              maxRedirects: 0,
            }),
        };
      }),
    );
  });
}

function decodeLoosely(value: string): string {
  return new URLSearchParams(`a=${value}`).get("a") ?? "";
}

async function formsOf(request: APIRequestContext, ids: Ids): Promise<Form[]> {
  const forms: Form[] = [];
  for (const route of routes) {
    const path = addressOf(route, ids);
    const answer = await request.get(`${product.origin}${path}`, { maxRedirects: 0 });
    if (answer.headers()["content-type"]?.includes("text/html"))
      forms.push(...formsIn(path, await answer.text()));
  }
  return forms;
}

test("addresses, methods and forms that no page sends meet no fault", async ({ page, browser }) => {
  test.setTimeout(900_000);
  expect(routes.length).toBeGreaterThan(60);
  expect(names).toEqual(expect.arrayContaining(["said", "mails", "stream", "days", "next", "say"]));
  await signIn(page);
  const squadUrl = await makeSquad(page, `Nonsense ${Date.now()}`);
  const olga = newcomer("Olga");
  const athlete = await connect(browser, await invite(page, { name: olga.name }), olga);
  const ids = await idsOf(squadUrl);
  const visitor = await browser.newContext();
  for (const [who, request] of [
    ["coach", page.request],
    ["athlete", athlete.request],
    ["visitor", visitor.request],
  ] as const) {
    expect([who, await faults(everyAddress(request, ids))]).toEqual([who, []]);
    expect([who, await faults(everyMethod(request, ids))]).toEqual([who, []]);
    const forms = await formsOf(request, ids);
    expect(forms.length).toBeGreaterThan(who === "coach" ? 15 : 1);
    expect([who, await faults(everyField(request, forms))]).toEqual([who, []]);
  }
});
