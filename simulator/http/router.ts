import type { IncomingHttpHeaders } from "node:http";
import { empty, type Reply } from "./reply";

export type Incoming = {
  method: string;
  path: string;
  query: URLSearchParams;
  params: Record<string, string>;
  headers: IncomingHttpHeaders;
  body: Buffer;
  remoteAddress: string;
};

export type Handler = (incoming: Incoming) => Reply | Promise<Reply>;
/** In a pattern `:name` takes any one segment and `#name` a number. */
export type Route = { method: string; pattern: string; handle: Handler };

export function route(method: string, pattern: string, handle: Handler): Route {
  return { method, pattern, handle };
}

type Compiled = Route & { regex: RegExp };

function compile(entry: Route): Compiled {
  const source = entry.pattern
    .replaceAll(/[.|]/g, "\\$&")
    .replaceAll(/#(\w+)/g, "(?<$1>\\d+)")
    .replaceAll(/:(\w+)/g, "(?<$1>[^/]+)");
  return { ...entry, regex: new RegExp(`^${source}$`) };
}

export type Match = { route: Route; params: Record<string, string> };

/** First match wins; the trailing slash that Polar tolerates is tolerated. */
export function createRouter(routes: Route[]): (method: string, path: string) => Match | Reply {
  const compiled = routes.map(compile);
  return (method, path) => {
    const bare = path.length > 1 ? path.replace(/\/+$/, "") : path;
    const onPath = compiled.filter((entry) => entry.regex.test(bare));
    const found = onPath.find((entry) => entry.method === method);
    if (!found) return empty(onPath.length > 0 ? 405 : 404);
    const groups = found.regex.exec(bare)?.groups ?? {};
    const params = Object.fromEntries(
      Object.entries(groups).map(([k, v]) => [k, decodeURIComponent(v ?? "")]),
    );
    return { route: found, params };
  };
}
