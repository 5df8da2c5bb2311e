import { instanceCookies } from "@/lib/auth/cookies";

/** A value that a field of a form or of an address is given in place of its own; `null` leaves the field out. */
export type Value = string | null | File | readonly string[];

/** The id of nothing and nobody. */
export const unknownId = "00000000-0000-4000-8000-000000000000";
const long = "a".repeat(3_000);

/** What no form sends, by kind. The first value of each stands for its kind. */
export const FIELD_KINDS: Readonly<Record<string, readonly Value[]>> = {
  missing: [null],
  empty: ["", "  "],
  "no number": ["9e19x", "NaN", "1,5", "0x10"],
  "number out of range": ["9e19", "-1", "9007199254740993", "2147483648", "1e-7", "Infinity"],
  "date out of range": ["2999-12-31", "+275760-09-13", "0000-00-00", "9999-12-31", "1800-01-01"],
  "no date": ["2026-02-30", "2026-13-01", "yesterday", "2026-11-30T24:61:00Z"],
  "unknown id": [unknownId],
  "no id": ["not-a-uuid", "{}", "../.."],
  "a name that objects have": ["__proto__", "constructor", "toString"],
  "too long": [long],
  "signs without a picture": ["a\tb\nc\r\n\u0007", "\u202eabc\u2028", "\ufffe"],
  markup: ["\u{1f984}'\"<script>;--", "{{7*7}}", "%s%n%00"],
  NUL: ["a\0b"],
  twice: [["first", "second"]],
  "a file": [new File(["a\0b,c"], "a.csv", { type: "text/csv" })],
};

/** What stands in an address as it is written: percent-encoded already. */
export const ADDRESS_KINDS: Readonly<Record<string, readonly string[]>> = {
  "unknown id": [unknownId],
  "a name that objects have": ["constructor", "__proto__"],
  "number out of range": ["9e19", "-1"],
  "date out of range": ["2999-12-31", "+275760-09-13", "0000-00-00"],
  "too long": [long],
  "broken encoding": ["%", "%ED%A0%80%FF", "%E0%A4"],
  NUL: ["%00", "a%00b"],
  "a line break": ["%0d%0ax:y"],
  "another folder": ["..%2f..%2fetc%2fpasswd", "%5C%5Cevil.example"],
  markup: ["%3Cscript%3E'%22--"],
};

const COOKIES = ["coach", "athlete"].flatMap((prefix) =>
  Object.values(
    instanceCookies({ prefix: `restday-${prefix}`, basePath: "/", appUrl: "http://localhost" }),
  ).map(({ name }) => name),
);
const cookies = (value: string) => ({
  cookie: [...COOKIES, "restday-athlete.intent", "theme", "locale", "hidden-columns"]
    .map((name) => `${name}=${value}`)
    .join("; "),
});
const asRouter = (state: string) => ({ rsc: "1", "next-router-state-tree": state });

/** What headers say that no browser says on behalf of a page of ours. */
export const HEADER_KINDS: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  "cookies that cannot be read": ["%", "%E0%A4", "\u00ff"].map(cookies),
  "cookies with NUL": ["a%00b", "%00"].map(cookies),
  "cookies that nobody sealed": [
    `${Buffer.from('{"alg":"dir","enc":"A256CBC-HS512"}').toString("base64url")}..a.b.c`,
    "__proto__",
    long.slice(0, 500),
  ].map(cookies),
  "a router's state that cannot be read": ["x", "%", "%5B%5D", "null"].map(asRouter),
  "a router's state of no page": [
    [
      "",
      { children: ["nobody", { children: ["__PAGE__", {}, null, "refetch"] }] },
      "//evil.example",
      "refetch",
    ],
    ["", [], null, "inside-shared-layout"],
    ["", { children: [["squadId", "%00", "d", null], { children: ["", {}] }] }, null, "refetch"],
  ].map((state) => asRouter(encodeURIComponent(JSON.stringify(state)))),
  "parts of a page that are not there": ["/_tree", "/x/../y", "%00", ""].map((part) => ({
    ...{ rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": part },
  })),
  "where the router comes from": ["//evil.example", "%", "\u00ff", long].map((from) => ({
    ...{ rsc: "1", "next-url": from },
  })),
  "languages that nobody speaks": [
    { "accept-language": ";q=x,,*;q=NaN,__proto__" },
    { "accept-language": "constructor,\u00ff" },
    { "accept-language": long },
  ],
  "an address among a server's headers": [
    { "x-matched-path": "/%", "x-now-route-matches": "1=%", "x-nextjs-data": "1" },
    { "x-invoke-path": "//evil.example", "x-invoke-query": "{", "x-middleware-subrequest": "proxy:proxy" },
    { "x-nextjs-request-id": long, "x-forwarded-for": "\u00ff", "x-forwarded-proto": "gopher" },
  ],
  "what is not asked of a page": [
    { range: "bytes=9-1", "if-none-match": "\u00ff", "if-modified-since": "9e19" },
    { accept: "\u00ff/*;q=x", "sec-fetch-dest": "__proto__" },
    { authorization: "Basic %", "content-type": "multipart/form-data" },
  ],
};

/** Number between 0 and 2^32 that a text always gives (FNV-1a). */
function numberOf(text: string): number {
  let hash = 2_166_136_261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return hash;
}

/** Which part of everything a run asks: the whole, or what a seed chooses. */
export type Portion = { whole: true } | { whole: false; seed: number };

/** Of several things that may be done in one place: all, or the one whose turn it is; so many seeds as things meet all. */
export function turn<T>(portion: Portion, place: string, all: readonly T[]): readonly T[] {
  if (portion.whole || all.length === 0) return all;
  return all.slice((numberOf(place) + portion.seed) % all.length).slice(0, 1);
}

export type Bad<V> = { kind: string; value: V };

/** What one place is given: each value of each kind, or of the kind whose turn it is the next value each round. */
export function badValues<V>(
  portion: Portion,
  place: string,
  kinds: Readonly<Record<string, readonly V[]>>,
): Bad<V>[] {
  const all = Object.entries(kinds);
  return turn(portion, place, all).flatMap(([kind, values]) => {
    const round = portion.whole ? 0 : Math.floor(portion.seed / all.length);
    const some = portion.whole ? values : values.slice(round % values.length).slice(0, 1);
    return some.map((value) => ({ kind, value }));
  });
}

/** The part of several people in what each of them may ask: all of it, or each request by the one whose turn it is. */
export function shareOf<P, R>(
  portion: Portion,
  people: readonly P[],
  requests: readonly R[],
  placeOf: (request: R) => string,
): [person: P, requests: R[]][] {
  return people.map((person) => [
    person,
    requests.filter((request) => turn(portion, placeOf(request), people).includes(person)),
  ]);
}
