import type { Action, Route } from "./app";
import { routeOf } from "./good";

/**
 * A form that a page holds and posts, with what a browser without scripts would send. `name` is its action's or its
 * address, `shape` the same for all forms of one kind.
 */
export type Form = {
  route: string;
  path: string;
  name: string;
  shape: string;
  fields: [string, string][];
};

const decode = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? decode(found[1] ?? "") : undefined;
}

/** The forms of a page's HTML that post something: where to, and the pairs that they would send. */
export function formsIn(html: string): { action: string; fields: [string, string][] }[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].flatMap(([, tag = "", inside = ""]) => {
    if (!/post/i.test(attribute(tag, "method") ?? "")) return [];
    const controls = inside.matchAll(/<(?:input|textarea|button)\b[^>]*>|<select\b[^>]*>[\s\S]*?<\/select>/g);
    const fields = [...controls].flatMap(([field]): [string, string][] => {
      const name = attribute(field, "name");
      return name === undefined ? [] : [[name, heldBy(field)]];
    });
    return [{ action: attribute(tag, "action") ?? "", fields }];
  });
}

/** What a field holds; a list of choices holds the chosen one, else its first. */
function heldBy(field: string): string {
  if (!field.startsWith("<select")) return attribute(field, "value") ?? "";
  const chosen = /<option\b[^>]*\bselected\b[^>]*>/.exec(field) ?? /<option\b[^>]*>/.exec(field);
  return attribute(chosen?.[0] ?? "", "value") ?? "";
}

/** The id of the action that a form calls without scripts: written out, or with what it is bound to. */
function actionIdOf(fields: readonly [string, string][]): string | undefined {
  for (const [name, value] of fields) {
    const [, id] = /^\$ACTION_ID_([\da-f]+)$/.exec(name) ?? [];
    if (id) return id;
    if (/^\$ACTION_\w+:0$/.test(name)) return JSON.parse(value).id;
  }
  return undefined;
}

/** The forms of a page, each with the route that it is sent to and a name to tell it by. */
export function formsOf(
  page: { path: string; html: string },
  of: { routes: readonly Route[]; actions: readonly Action[] },
): Form[] {
  return formsIn(page.html).map(({ action, fields }) => {
    const path = (action === "" ? page.path : action).split(/[?#]/)[0] ?? "";
    const route = routeOf(path, of.routes)?.path ?? path;
    const called = of.actions.find(({ id }) => id === actionIdOf(fields));
    const names = fields.map(([name]) => name.replace(/^\$ACTION.*|[\da-f-]{8,}|\d+/g, ""));
    const name = called?.name ?? route;
    return { route, path, name, shape: `${route} ${name} ${[...new Set(names)].join()}`, fields };
  });
}
