import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Spoilt } from "../faults";
import { readBody } from "./body";
import type { Incoming } from "./router";

/** Answers a request; undefined closes the connection without an answer. */
export type Answer = (incoming: Omit<Incoming, "params">) => Promise<Spoilt>;

function write(response: ServerResponse, { reply, drop, truncate }: Spoilt): void {
  if (drop) {
    response.destroy();
    return;
  }
  const body = Buffer.from(reply.body);
  const bodiless = reply.status === 204 || reply.status === 304;
  response.writeHead(reply.status, {
    ...reply.headers,
    ...(bodiless ? {} : { "content-length": String(body.length) }),
  });
  if (!truncate) {
    response.end(bodiless ? undefined : body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

async function incomingOf(request: IncomingMessage): Promise<Omit<Incoming, "params">> {
  const url = new URL(request.url ?? "/", "http://simulator");
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: await readBody(request),
    remoteAddress: request.socket.remoteAddress ?? "",
  };
}

export async function listen(input: {
  port: number;
  host: string;
  answer: Answer;
}): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    incomingOf(request)
      .then(input.answer)
      .then((spoilt) => write(response, spoilt))
      .catch((error: unknown) => {
        console.error(error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(input.port, input.host, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}
