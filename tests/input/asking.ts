import type { Request } from "./requests";

/** Who asks: a name for findings, and the cookie header. */
export type Person = { name: string; cookie: string };
export type Answer = { request: Request; status: number; location: string; text: string };

/** What tells of a fault whatever the status is: a digest that is none of Next's own, or words of the machinery. */
const FAULT =
  /E\{"digest":"\d+"|data-dgst="\d+"|\n\s+at \S+ \(|(Type|Syntax|Reference|Range|Postgres|Zod|URI|App)Error\b|A query failed|invalid input syntax|invalid byte sequence/;

/** Asks as somebody at `origin`, from a page of it; redirects are shown, not followed. */
export async function ask(origin: string, person: Person, request: Request): Promise<Answer> {
  const headers = { cookie: person.cookie, origin, ...(request.init.headers as Record<string, string>) };
  const answer = await fetch(origin + request.path, { ...request.init, headers, redirect: "manual" });
  const location = answer.headers.get("location") ?? answer.headers.get("x-action-redirect") ?? "";
  return { request, status: answer.status, location, text: await answer.text() };
}

/** What is wrong with an answer, in a line; undefined when nothing is. `known` are the addresses that may be led to. */
export function faultOf(answer: Answer, known: readonly string[]): string | undefined {
  const { status, text, location } = answer;
  const words = FAULT.exec(text)?.[0].trim();
  if (words) return `shows "${words}"`;
  if (status >= 500) return "is a fault";
  const [origin = ""] = known;
  const to = URL.canParse(location, origin) ? new URL(location, origin).origin : location;
  return known.includes(to) ? undefined : `leads to ${to}`;
}

/**
 * Whether an answer came from the route itself: not from the door before it, from signing in, or from the page that is
 * not there. A refusal counts where the request could be read: what cannot be is refused before any route.
 */
export function isOwnAnswer({ request, status, location, text }: Answer): boolean {
  if (status < 400) return status !== 307 || !/^\/(me\/)?sign-in$/.test(location);
  if (!/as it should be|nobody's$/.test(request.kind)) return false;
  return [400, 401, 409, 410, 422].includes(status) || (status === 404 && !/<html/i.test(text));
}

/** Whether nothing was done, as far as the answer tells: refused, or a page with something wrong on it. */
export function isRefusal({ status, text }: Answer): boolean {
  return status >= 400 || /role="alert"|aria-invalid="true"/.test(text);
}
