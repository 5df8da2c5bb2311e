import type { AddressInfo } from "node:net";
import { createHttpServer } from "./http";
import { createSmtpServer } from "./smtp";
import { openMailStore } from "./store";

export type Mailbox = { httpPort: number; smtpPort: number; close(): Promise<void> };
type Listener = {
  listen(port: number, host: string, ready: () => void): unknown;
  on(event: "error", heard: (error: Error) => void): unknown;
};

function listening(server: Listener, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
}

function portOf(address: string | AddressInfo | null): number {
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

/** Starts the local mailbox on loopback; port 0 takes any free one. */
export async function startMailbox(options: {
  httpPort: number;
  smtpPort: number;
  folder: string;
}): Promise<Mailbox> {
  const store = openMailStore(options.folder);
  const http = createHttpServer(store);
  const smtp = createSmtpServer(store);
  await Promise.all([listening(http, options.httpPort), listening(smtp, options.smtpPort)]);
  return {
    httpPort: portOf(http.address()),
    smtpPort: portOf(smtp.server.address()),
    async close() {
      http.closeAllConnections();
      await Promise.all([
        new Promise((done) => http.close(done)),
        new Promise<void>((done) => smtp.close(done)),
      ]);
    },
  };
}
