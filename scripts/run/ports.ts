import { createServer } from "node:net";

function listens(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? address?.port : undefined));
    });
  });
}

/** True when nothing listens on this port of this host. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return (await listens(port, host)) !== undefined;
}

/** The wanted port when it is free and not yet promised to another part, else the next free one above it. */
export async function freePort(wanted: number, host: string, taken: readonly number[] = []): Promise<number> {
  for (let port = wanted; port < Math.min(wanted + 200, 65_536); port += 1) {
    if (!taken.includes(port) && (await isPortFree(port, host))) return port;
  }
  return anyFreePort(host);
}

/** A port chosen by the system. */
export async function anyFreePort(host: string): Promise<number> {
  const port = await listens(0, host);
  if (port === undefined) throw new Error(`no free port on ${host}`);
  return port;
}
