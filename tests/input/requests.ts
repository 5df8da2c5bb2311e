import { type Action, fill, placeholdersOf, type Route, readsQuery } from "./app";
import type { Form } from "./forms";
import type { Guide } from "./good";
import {
  ADDRESS_KINDS,
  badValues,
  FIELD_KINDS,
  HEADER_KINDS,
  type Portion,
  turn,
  unknownId,
  type Value,
} from "./kinds";

/** One request: to which route, of which kind, and how. `what` names it in a finding. */
export type Request = { route: string; kind: string; what: string; path: string; init: RequestInit };
export type Ids = Readonly<Record<string, string>>;

const urlencoded = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data; boundary=part-of-nobody";

const shortly = (text: string) => text.replaceAll(/a{20,}/g, "a…").slice(0, 160);

function get(route: Route, kind: string, path: string): Request {
  return { route: route.path, kind, what: `GET ${shortly(path)}`, path, init: {} };
}

/** Every address as it should be. */
export const addresses = ({ routes, idsOf }: Guide): Request[] =>
  routes.map((route) => get(route, "as it should be", fill(route.path, idsOf(route))));

type Pair = (name: string) => string;

const QUERY_KINDS: Record<string, readonly Pair[]> = {
  ...Object.fromEntries(
    Object.entries(ADDRESS_KINDS).map(([kind, values]) => [
      kind,
      values.map(
        (value): Pair =>
          (name) =>
            `${name}=${value.slice(0, 100)}`,
      ),
    ]),
  ),
  twice: [(name) => `${name}=a&${name}=2026-11-30`],
  "a list": [(name) => `${name}[]=x&${name}[a]=y`],
  empty: [(name) => `${name}=`, (name) => name],
};

/** Every address that reads a query, with a bad value in each of its places at once; of the others a few in their turn. */
export function queries(portion: Portion, { routes, idsOf }: Guide, names: readonly string[]): Request[] {
  const due = (route: Route) =>
    portion.whole || readsQuery(route) || turn(portion, route.path, [1, 2, 3, 4])[0] === 1;
  return routes.filter(due).flatMap((route) =>
    badValues(portion, `${route.path}?`, QUERY_KINDS).map(({ kind, value }) => {
      const query = names.map(value).join("&").slice(0, 9_000);
      return get(route, `query: ${kind}`, `${fill(route.path, idsOf(route))}?${query}`);
    }),
  );
}

/** Every address with a bad value in each place of its path. */
export function places(portion: Portion, { routes, idsOf }: Guide): Request[] {
  return routes.flatMap((route) =>
    placeholdersOf(route.path).flatMap((place) =>
      badValues<string>(portion, `${route.path} ${place}`, ADDRESS_KINDS).map(({ kind, value }) =>
        get(route, `place: ${kind}`, fill(route.path, { ...idsOf(route), [place]: value })),
      ),
    ),
  );
}

/** Every address with headers that no browser sends. */
export function headers(portion: Portion, { routes, idsOf }: Guide): Request[] {
  return routes.flatMap((route) =>
    badValues(portion, `${route.path} headers`, HEADER_KINDS).map(({ kind, value }) => ({
      ...get(route, `headers: ${kind}`, fill(route.path, idsOf(route))),
      what: `${kind} to ${route.path} (${shortly(JSON.stringify(value))})`,
      init: { headers: value },
    })),
  );
}

const BODIES: Record<string, readonly RequestInit[]> = {
  DELETE: [{ method: "DELETE" }],
  PUT: [{ method: "PUT", body: "a=b" }],
  PATCH: [{ method: "PATCH", headers: { "content-type": "application/json" }, body: "{}" }],
  OPTIONS: [{ method: "OPTIONS" }],
  nothing: [{}],
  JSON: [
    { headers: { "content-type": "application/json" }, body: '{"a":"b"}' },
    { headers: { "content-type": "application/json" }, body: "{" },
    { headers: { "content-type": "application/json" }, body: "null" },
  ],
  "a form of nobody's": [
    { headers: { "content-type": urlencoded }, body: "a=b&a=c" },
    { headers: { "content-type": urlencoded }, body: "%=%&=&%ED%A0%80=a" },
  ],
  "a form cut off": [{ headers: { "content-type": multipart }, body: "--part-of-nobody\r\nContent-Disp" }],
  "an unknown action": [
    { headers: { "next-action": "0".repeat(42), "content-type": "text/plain" }, body: "[]" },
    { headers: { "next-action": "x", "content-type": "text/plain" }, body: "{" },
  ],
  "half of an action": [
    { headers: { "content-type": urlencoded }, body: "%24ACTION_REF_1=&%24ACTION_1%3A0=%7B" },
    { headers: { "content-type": urlencoded }, body: `%24ACTION_ID_${"0".repeat(42)}=` },
  ],
};

const FORM_OF_NOBODY = "a form of nobody's";

/** A form that can be read and is none of theirs, to every address that is no page: whatever they do, they answer. */
export function strangeForms({ routes, idsOf }: Guide): Request[] {
  const [init = {}] = BODIES[FORM_OF_NOBODY] ?? [];
  return routes
    .filter(({ kind }) => kind === "handler")
    .map((route) => ({
      route: route.path,
      kind: `body: ${FORM_OF_NOBODY}`,
      what: `POST of ${FORM_OF_NOBODY} to ${route.path}`,
      path: fill(route.path, idsOf(route)),
      init: { method: "POST", ...init },
    }));
}

/** Every address with methods and bodies that it does not take. */
export function bodies(portion: Portion, { routes, idsOf }: Guide): Request[] {
  return routes.flatMap((route) =>
    badValues(portion, `${route.path} body`, BODIES).map(({ kind, value }) => {
      const init = { method: "POST", ...value };
      const what = `${init.method} of ${kind} to ${route.path}`;
      return { route: route.path, kind: `body: ${kind}`, what, path: fill(route.path, idsOf(route)), init };
    }),
  );
}

function partsOf(parts: Readonly<Record<string, Value>>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(parts)) append(body, name, value);
  return body;
}

function append(body: FormData, name: string, value: Value): void {
  if (value === null) return;
  if (value instanceof File) body.append(name, value);
  else for (const one of typeof value === "string" ? [value] : value) body.append(name, one);
}

/** Every server action, called by its id with what is no form of its own. */
export function calls(
  portion: Portion,
  actions: readonly Action[],
  fields: readonly string[],
  ids: Ids,
): Request[] {
  const known: Ids = { ...ids, fromSquadId: ids.squadId ?? "", ledgerOf: ids.athleteId ?? "" };
  return actions.flatMap((action) => {
    // The form comes first, or after the state of before.
    const list = action.id.startsWith("60") ? '[null,"$K1"]' : '["$K1"]';
    const filled = (value: Value) => (): FormData =>
      partsOf({ ...Object.fromEntries(fields.map((name) => [`1_${name}`, known[name] ?? value])), 0: list });
    const kinds: Record<string, readonly (() => string | FormData)[]> = {
      "no arguments": [() => "[]"],
      "texts for a form": [() => '["a","b","c"]', () => '[{},["a"],9e19,null]'],
      "a reference to nothing": [() => '["$K9"]', () => '["$1:a:b"]', () => '["$F1"]', () => "{"],
      "a form of nothing": [() => partsOf({ 0: list })],
      "a text for a form": [() => partsOf({ 0: '["x","y"]' })],
      ...Object.fromEntries(
        Object.entries(FIELD_KINDS).map(([kind, values]) => [`known ids, ${kind}`, values.map(filled)]),
      ),
    };
    return badValues(portion, action.name, kinds).map(({ kind, value }) =>
      calling(action, kind, value(), ids),
    );
  });
}

/** What somebody without any right to it sends: ids of nobody, and those that are known. */
export function callsWithoutRight(
  portion: Portion,
  actions: readonly Action[],
  fields: readonly string[],
  ids: Ids,
): Request[] {
  return actions.flatMap((action) => {
    const list = action.id.startsWith("60") ? '[null,"$K1"]' : '["$K1"]';
    const form = (of: (name: string) => string) => () =>
      partsOf({ ...Object.fromEntries(fields.map((name) => [`1_${name}`, of(name)])), 0: list });
    const kinds = {
      "ids of nobody": [form(() => unknownId)],
      "known ids": [form((name) => ids[name] ?? "1")],
    };
    return badValues(portion, action.name, kinds).map(({ kind, value }) =>
      calling(action, kind, value(), ids),
    );
  });
}

function calling({ id, name, page }: Action, kind: string, body: string | FormData, ids: Ids): Request {
  const plain = typeof body === "string" ? { "content-type": "text/plain" } : undefined;
  const init = { method: "POST", body, headers: { "next-action": id, ...plain } };
  return { route: page, kind: `call: ${kind}`, what: `${name} with ${kind}`, path: fill(page, ids), init };
}

/** Each field of each form, with a bad value in its place and what the page put into all others. */
export function fieldsOf(portion: Portion, all: readonly Form[]): Request[] {
  return all.flatMap((form) => {
    const own = [...new Map(form.fields.filter(([name]) => !name.startsWith("$ACTION")))];
    return own.flatMap(([field, was]) =>
      badValues<Value>(portion, `${form.shape} ${field}`, FIELD_KINDS)
        .filter(({ value }) => value !== was)
        .map(({ kind, value }) => {
          const body = new FormData();
          let given = false;
          for (const [name, kept] of form.fields) {
            if (name !== field) body.append(name, kept);
            else if (!given) append(body, name, value);
            given ||= name === field;
          }
          const sent = value instanceof File || Array.isArray(value) ? kind : shortly(JSON.stringify(value));
          const what = `POST to ${form.path} of ${field}=${sent} (${form.name})`;
          return {
            route: form.route,
            kind: `field: ${kind}`,
            what,
            path: form.path,
            init: { method: "POST", body },
          };
        }),
    );
  });
}

/** Each form as its page would send it. */
export const asTheyAre = (all: readonly Form[]): Request[] =>
  all.map((form) => {
    const body = new FormData();
    for (const [name, kept] of form.fields) body.append(name, kept);
    const what = `POST to ${form.path} of what the page holds (${form.name})`;
    return {
      route: form.route,
      kind: "form as it should be",
      what,
      path: form.path,
      init: { method: "POST", body },
    };
  });
