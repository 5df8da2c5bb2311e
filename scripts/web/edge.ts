import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from "node:http";
import { chooseLanguage } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import { isReadable, isReadableState, pinAddress } from "./address";
import { arrival, type Held, hasBody } from "./body";
import { isReadableForm } from "./form";
import { type Limits, largestBody } from "./limits";

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Refusal = "unreadable" | "no-form" | "too-large" | "too-many";

const STATUS = {
  unreadable: 400,
  "no-form": 400,
  "too-large": 413,
  "too-many": 503,
} as const satisfies Record<Refusal, number>;

/** Methods of which the app can make no request (Fetch standard, "forbidden method"). */
const UNKNOWN_TO_FETCH = /^(TRACE|TRACK|CONNECT)$/i;

/** What still comes after a refusal is thrown away for so long: a browser reads the answer only once it has sent all. */
const lingerMs = 5_000;
/** Longer than the proxies in front keep an idle connection (nginx: 60 s), so that none is closed under a request. */
const idleMs = 75_000;

/**
 * The HTTP server in front of the app. A request reaches `handle` only when its address and state can be read and it has
 * arrived wholly within the limits; the app then sees `appUrl` as the address that was asked for, whatever the headers said.
 */
export function createEdge(input: { appUrl: string; limits: Limits; handle: Handle }): Server {
  const { limits } = input;
  const held: Held = { bytes: 0 };
  const server = createServer({ connectionsCheckingInterval: 1_000 }, (request, response) => {
    void admit(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500, { connection: "close" }).end();
    });
  });

  async function admit(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? "";
    const isKnown = !UNKNOWN_TO_FETCH.test(request.method ?? "");
    if (!isKnown || !isReadable(target) || !isReadableState(request))
      return refuse(request, response, "unreadable");
    const bytes = largestBody(limits, target);
    const arrived = hasBody(request)
      ? await arrival(request, { bytes, held, heldBytes: limits.bodiesAtOnceBytes })
      : ({ kind: "whole", body: Buffer.alloc(0) } as const);
    if (arrived.kind === "aborted") return;
    if (arrived.kind !== "whole") return refuse(request, response, arrived.kind);
    const asks = request.method === "GET" || request.method === "HEAD";
    if (!asks && !(await isReadableForm(request, arrived.body))) return refuse(request, response, "no-form");
    pinAddress(request, input.appUrl);
    await input.handle(request, response);
  }

  server.headersTimeout = limits.headMs;
  server.requestTimeout = limits.requestMs;
  server.keepAliveTimeout = idleMs;
  return server;
}

function refuse(request: IncomingMessage, response: ServerResponse, why: Refusal): void {
  const status = STATUS[why];
  const language = chooseLanguage(undefined, request.headers["accept-language"] ?? null);
  response.writeHead(status, STATUS_CODES[status], {
    "content-type": "text/plain; charset=utf-8",
    "content-language": language,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(why === "too-many" ? { "retry-after": "10" } : {}),
  });
  response.end(`${sayIn(language, "errors")(`request.${why}`)}\n`);
  if (request.complete) return;
  const { socket } = request;
  const end = setTimeout(() => socket.destroy(), lingerMs);
  socket.once("close", () => clearTimeout(end));
}
