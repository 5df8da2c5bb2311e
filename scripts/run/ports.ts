import { createServer } from "node:net";

type Listening = { port: number } | { code: string };

function listens(port: number, host: string): Promise<Listening> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code = "" }: NodeJS.ErrnoException) => resolve({ code }));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve({ port: typeof address === "object" ? (address?.port ?? 0) : 0 }));
    });
  });
}

/** Why nothing can listen on this port of this host, as the system's code; undefined when something can. */
export async function whyNotFree(port: number, host: string): Promise<string | undefined> {
  const outcome = await listens(port, host);
  return "code" in outcome ? outcome.code : undefined;
}

/** True when nothing listens on this port of this host. */
export async function isPortFree(port: number, host: string): Promise<boolean> {
  return (await whyNotFree(port, host)) === undefined;
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
  const outcome = await listens(0, host);
  if ("code" in outcome) throw new Error(`no free port on ${host}: ${outcome.code}`);
  return outcome.port;
}
