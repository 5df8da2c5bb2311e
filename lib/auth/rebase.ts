import { NextRequest } from "next/server";

/**
 * The same request at the installation's public address. Callbacks and cookies then follow `APP_URL`, whatever
 * host name a proxy or the browser used.
 */
export function rebase(request: Request, appUrl: string): NextRequest {
  const { pathname, search } = new URL(request.url);
  return new NextRequest(new URL(pathname + search, appUrl), request);
}

/** True for the one route of an instance that browsers need: where a mailed link or Polar's answer leads. */
export function isCallback(request: Request, basePath: string): boolean {
  return request.method === "GET" && new URL(request.url).pathname.startsWith(`${basePath}/callback/`);
}

/** Sign-in begins and ends on our own pages: next-auth's other routes are closed. */
export function notFound(): Response {
  return new Response("Not found\n", { status: 404 });
}
