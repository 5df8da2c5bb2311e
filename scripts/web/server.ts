import next from "next";
import { env } from "@/lib/env";
import { createEdge } from "./edge";
import { productLimits } from "./limits";

/** Serves the built app until the process is told to stop. Address and port come from `HOST` and `PORT`. */
export async function serve(): Promise<void> {
  const { APP_URL: appUrl, HOST: hostname, PORT: port } = env();
  // Where Next asks itself for the page behind a server action's redirect: here, not by way of the proxy.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://${inUrl(hostname)}:${port}`;
  const app = next({ dev: false, dir: process.cwd(), hostname, port });
  await app.prepare();
  const server = createEdge({ appUrl, limits: productLimits, handle: app.getRequestHandler() });
  server.listen(port, hostname);
  stopWhenAsked(async () => {
    server.closeIdleConnections();
    await new Promise((closed) => server.close(closed));
    await app.close();
  });
}

/** The address at which this process reaches itself. */
function inUrl(hostname: string): string {
  const own = { "0.0.0.0": "127.0.0.1", "::": "::1" }[hostname] ?? hostname;
  return own.includes(":") ? `[${own}]` : own;
}

function stopWhenAsked(stop: () => Promise<void>): void {
  let asked = false;
  const end = () => {
    if (asked) return;
    asked = true;
    setTimeout(() => process.exit(0), 5_000).unref();
    stop().finally(() => process.exit(0));
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);
  // The channel to `npm start` closes with it, also when it is killed.
  process.on("disconnect", end);
}
