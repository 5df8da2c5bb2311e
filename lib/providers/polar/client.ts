import type { Logger } from "pino";
import { AppError } from "@/lib/errors";
import type { PolarOutcome } from "./outcome";
import { quotaOf, type RateBudget, resetAfter429 } from "./rate-headers";

const TIMEOUT_MS = 30_000;

export type PolarClientOptions = {
  /** Origin of AccessLink, without `/v3`. */
  apiUrl: string;
  clientId: string;
  clientSecret: string;
  budget: RateBudget;
  log: Logger;
  fetch?: typeof fetch;
  clock?: () => Date;
  timeoutMs?: number;
};

export type PolarRequest = {
  method: "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
  /** A path below the origin, or an absolute address from one of Polar's answers. */
  target: string;
  /** The athlete's token; without it the request carries the client's own credentials. */
  accessToken?: string;
  json?: unknown;
};

/** Sends one request to AccessLink. */
export type PolarClient = (request: PolarRequest) => Promise<PolarOutcome>;

/**
 * The address to ask for `target`: always below the configured origin, so that no answer of Polar's can send a
 * token anywhere else. @throws AppError `polar-failed` for a target outside of `/v3/`
 */
export function confine(apiUrl: string, target: string): string {
  const named = URL.canParse(target, apiUrl) ? new URL(target, apiUrl) : null;
  if (!named?.pathname.startsWith("/v3/"))
    throw new AppError("polar-failed", "Polar named an address that is not part of AccessLink.");
  return new URL(named.pathname + named.search, apiUrl).toString();
}

function headersFor(options: PolarClientOptions, request: PolarRequest): Record<string, string> {
  const basic = Buffer.from(`${options.clientId}:${options.clientSecret}`).toString("base64");
  const authorization = request.accessToken ? `Bearer ${request.accessToken}` : `Basic ${basic}`;
  const body: Record<string, string> =
    request.json === undefined ? {} : { "content-type": "application/json" };
  return { accept: "application/json", authorization, ...body };
}

async function send(options: PolarClientOptions, request: PolarRequest, url: string) {
  try {
    const response = await (options.fetch ?? fetch)(url, {
      method: request.method,
      headers: headersFor(options, request),
      body: request.json === undefined ? null : JSON.stringify(request.json),
      redirect: "manual",
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    });
    return { response, text: await response.text() };
  } catch (cause) {
    throw new AppError("polar-failed", "Polar could not be reached or broke off its answer.", { cause });
  }
}

function unauthorised(): AppError {
  return new AppError("polar-unauthorised", "Polar no longer accepts this connection.");
}

function refuse(response: Response, now: Date): AppError | null {
  const { status } = response;
  if (status === 401) return unauthorised();
  if (status === 403)
    return new AppError("polar-consent-missing", "The athlete has not accepted all of Polar's consents.");
  if (status === 429)
    return new AppError("polar-busy", "Polar's request quota is used up.", {
      retryAt: resetAfter429(response.headers, now),
    });
  if (status >= 500 || status < 200 || (status >= 300 && status < 400))
    return new AppError("polar-failed", `Polar answered ${status}.`);
  return null;
}

/** The successes that may carry content, by method (www.polar.com/accesslink-api). */
const DOCUMENTED: Record<PolarRequest["method"], readonly number[]> = {
  GET: [200],
  POST: [200, 201],
  PUT: [200],
  PATCH: [200],
  DELETE: [200],
};

function outcomeOf(method: PolarRequest["method"], status: number, text: string): PolarOutcome {
  if (status === 404) return { kind: "missing" };
  if (status >= 400) return { kind: "refused", status, text };
  if (status === 204) return { kind: "empty", status };
  if (!DOCUMENTED[method].includes(status)) return { kind: "undocumented", status };
  if (text.trim() === "") return { kind: "bodiless", status };
  if (text.trimStart().startsWith("<"))
    throw new AppError("polar-failed", "Polar answered with a page instead of data.");
  try {
    return { kind: "content", status, text, json: JSON.parse(text) };
  } catch {
    return { kind: "malformed", status, text };
  }
}

/**
 * A client of AccessLink v3. It asks the budget before each request and feeds it Polar's quota headers, never
 * follows redirects, and returns the body's text exactly as received beside the parsed JSON. A token that was refused
 * is not sent again, whatever was waiting with it.
 * @throws AppError `polar-unauthorised` (401), `polar-consent-missing` (403), `polar-busy` with `retryAt` (429 or
 * no budget left), `polar-failed` (5xx, redirects, HTML, no or broken answer)
 */
export function createPolarClient(options: PolarClientOptions): PolarClient {
  const clock = options.clock ?? (() => new Date());
  const refused = new Set<string>();
  return async (request) => {
    const { method, accessToken } = request;
    const url = confine(options.apiUrl, request.target);
    const refusal = await options.budget.admit();
    if (refusal) throw new AppError("polar-busy", "Polar's request quota is used up.", refusal);
    if (accessToken && refused.has(accessToken)) throw unauthorised();
    const { response, text } = await send(options, request, url);
    const quota = quotaOf(response.headers);
    if (quota) await options.budget.observe(quota);
    const error = refuse(response, clock());
    if (accessToken && error?.code === "polar-unauthorised") refused.add(accessToken);
    if (error) options.log.info({ status: response.status, path: new URL(url).pathname }, "polar refused");
    if (error) throw error;
    return outcomeOf(method, response.status, text);
  };
}
