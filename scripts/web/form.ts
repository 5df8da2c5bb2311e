import type { IncomingMessage } from "node:http";

/** Machines post what they like to these, and the routes read it themselves. */
const MACHINES = /^\/api\/(webhooks|inngest)\b/;
const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;

/**
 * Whether a body is one that a page of ours sends: a form that can be read, or the arguments of a server action, without
 * the NUL that PostgreSQL takes in no text. What files hold is the business of whoever reads them.
 */
export async function isReadableForm(request: IncomingMessage, body: Buffer): Promise<boolean> {
  if (MACHINES.test(request.url ?? "")) return true;
  const called = request.headers["next-action"] !== undefined;
  // A button without fields may send nothing at all: that is an empty form.
  if (body.length === 0 && !called) request.headers["content-type"] ??= "application/x-www-form-urlencoded";
  const type = request.headers["content-type"] ?? "";
  try {
    // Actions that are called without a form are given ids and dates.
    if (called && /^text\/plain\b/i.test(type)) return areArguments(body.toString("utf8"));
    if (!(called ? /^multipart\/form-data\b/i : FORM).test(type)) return false;
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    if ([...form].some((pair) => pair.some((part) => typeof part === "string" && part.includes("\0"))))
      return false;
    return called ? areArguments(form.get("0")) : boundIn(form);
  } catch {
    return false;
  }
}

/** A form of a browser that runs no scripts carries what its action is bound to: `$ACTION_1:0`, `$ACTION_1:1`. */
function boundIn(form: FormData): boolean {
  const numbers = [...form.keys()].flatMap((name) => /^\$ACTION_REF_(.*)$/s.exec(name)?.[1] ?? []);
  return numbers.every((number) => {
    const action: unknown = JSON.parse(String(form.get(`$ACTION_${number}:0`)));
    return isObject(action) && action.bound === "$@1" && areArguments(form.get(`$ACTION_${number}:1`));
  });
}

/**
 * Whether a text is a list of arguments as React writes it: JSON, in which a string that begins with `$` stands for
 * something else. Our pages send plain values, a form, and what stands in the same list already. Other references come
 * from no page of ours, and one that leads nowhere ends in a fault of React's.
 */
function areArguments(text: FormDataEntryValue | null): boolean {
  const list: unknown = JSON.parse(String(text));
  return Array.isArray(list) && list.every((value) => isPlain(value, list));
}

function isPlain(value: unknown, list: unknown[]): boolean {
  if (typeof value === "string") return !value.includes("\0") && standsForPlain(value, list);
  if (!isObject(value)) return true;
  return Object.entries(value).every((pair) => pair.every((part) => isPlain(part, list)));
}

function standsForPlain(text: string, list: unknown[]): boolean {
  if (!text.startsWith("$") || /^\$(\$.*|K[\da-f]+|undefined|NaN|-?Infinity|-0)$/s.test(text)) return true;
  if (text.startsWith("$D")) return !Number.isNaN(Date.parse(text.slice(2)));
  const [, path] = /^\$[01]:(.+)$/s.exec(text) ?? [];
  return path !== undefined && leadsTo(list, path.split(":"));
}

function leadsTo(from: unknown, [key, ...rest]: string[]): boolean {
  if (key === undefined) return true;
  return isObject(from) && Object.hasOwn(from, key) && leadsTo(from[key], rest);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
