import type { IncomingMessage } from "node:http";

/** Machines post what they like to these, and the routes read it themselves. */
const MACHINES = /^\/api\/(webhooks|inngest)\b/;

/**
 * Whether a body is one that a page of ours sends: a form that can be read, or the arguments of a server action, without
 * the NUL that PostgreSQL takes in no text. What files hold is the business of whoever reads them.
 */
export async function isReadableForm(request: IncomingMessage, body: Buffer): Promise<boolean> {
  if (MACHINES.test(request.url ?? "")) return true;
  // A button without fields may send nothing at all: that is an empty form.
  if (body.length === 0) request.headers["content-type"] ??= "application/x-www-form-urlencoded";
  const type = request.headers["content-type"] ?? "";
  if (request.headers["next-action"] !== undefined && /^text\/plain\b/i.test(type))
    return !/\0|\\u0000/.test(body.toString("utf8"));
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) return false;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } }).formData();
    return [...form].every((pair) => !pair.some((part) => typeof part === "string" && part.includes("\0")));
  } catch {
    return false;
  }
}
