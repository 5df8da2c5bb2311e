import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listPage, messagePage } from "./page";
import type { MailStore } from "./store";

type Answer = { status: number; type: string; body: string };

const json = (value: unknown, status = 200): Answer => ({
  status,
  type: "application/json; charset=utf-8",
  body: JSON.stringify(value),
});
const html = (body: string): Answer => ({ status: 200, type: "text/html; charset=utf-8", body });
const notFound = json({ error: "not found" }, 404);

/** Sign-in links lie here: a page elsewhere that points its name at this machine must not read them. */
function fromThisMachine(request: IncomingMessage): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(request.headers.host ?? "");
}

function messageAnswer(store: MailStore, path: string): Answer {
  const [, view, id = ""] = /^\/(messages|open)\/([\w-]+)$/.exec(path) ?? [];
  const message = view ? store.find(id) : undefined;
  if (!message) return notFound;
  return view === "open" ? html(messagePage(message)) : json(message);
}

function answer(store: MailStore, request: IncomingMessage): Answer {
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  if (!fromThisMachine(request)) return json({ error: "only for this machine" }, 403);
  if (request.method === "DELETE" && path === "/messages") {
    store.clear();
    return json([]);
  }
  if (request.method !== "GET") return json({ error: "method not allowed" }, 405);
  if (path === "/") return html(listPage(store.list()));
  if (path === "/messages") return json(store.list());
  if (path === "/healthz") return json({ status: "ok" });
  return messageAnswer(store, path);
}

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
  });
  response.end(body);
}

/** The mailbox over HTTP: a page for people, `/messages` as JSON for programs. */
export function createHttpServer(store: MailStore): Server {
  return createServer((request, response) => send(response, answer(store, request)));
}
