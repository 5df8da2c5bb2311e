import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type PlainProxy = { port: number; close(): void };

/**
 * Passes everything on as nginx does with a bare `proxy_pass http://127.0.0.1:PORT;`: over HTTP/1.0 semantics of one
 * connection for each request, with `Host` naming the server behind it and no word about the address that was asked for.
 */
export async function startPlainProxy(target: number): Promise<PlainProxy> {
  const server = createServer((from, to) => {
    const headers = { ...from.headers, host: `127.0.0.1:${target}`, connection: "close" };
    const onward = request(
      { host: "127.0.0.1", port: target, method: from.method, path: from.url, headers, agent: false },
      (answer) => {
        to.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(to);
      },
    );
    onward.on("error", () => (to.headersSent ? to.destroy() : to.writeHead(502).end()));
    to.on("close", () => onward.destroy());
    from.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port: (server.address() as AddressInfo).port, close };
}
