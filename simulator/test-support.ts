import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SimulatorOptions } from "./options";
import { type RunningSimulator, startSimulator } from "./server";

/** A Wednesday at ten in Helsinki: nights are in, the evening's sessions are not. */
const morning = "2026-11-18T08:00:00.000Z";
export const today = "2026-11-18";

export async function startSmall(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  return startSimulator({ scenario: "small", fixedNow: morning, ...options });
}

type Json = ReturnType<typeof JSON.parse>;
export type Answer = { status: number; headers: Headers; text: string; json: Json };

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: "manual", ...init });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

export function basic(sim: RunningSimulator): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${sim.clientId}:${sim.clientSecret}`).toString("base64")}` };
}

export async function control(sim: RunningSimulator, path: string, body: object = {}): Promise<Answer> {
  return call(`${sim.url}/_sim/${path}`, { method: "POST", body: JSON.stringify(body) });
}

export type Connected = {
  userId: number;
  token: string;
  headers: Record<string, string>;
  get: (path: string) => Promise<Answer>;
  send: (method: string, pathOrUrl: string, body?: string) => Promise<Answer>;
};

/** A token for an athlete, not registered yet. */
export async function authorised(sim: RunningSimulator, login: string): Promise<Connected> {
  const { json } = await control(sim, `users/${login}/token`);
  const headers = { authorization: `Bearer ${json.access_token}` };
  const send = (method: string, path: string, body?: string) =>
    call(path.startsWith("http") ? path : `${sim.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  return {
    userId: json.x_user_id,
    token: json.access_token,
    headers,
    send,
    get: (path) => send("GET", path),
  };
}

/** An athlete who has authorised and is registered. */
export async function connected(sim: RunningSimulator, login: string): Promise<Connected> {
  const athlete = await authorised(sim, login);
  await athlete.send("POST", "/v3/users", JSON.stringify({ "member-id": `member-${login}` }));
  return athlete;
}

type Received = { event: string; signature: string | undefined; body: string };
export type Receiver = {
  url: string;
  received: Received[];
  answerWith: (status: number) => void;
  close: () => Promise<void>;
};

/** A webhook's receiving end. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({
      event: String(request.headers["polar-webhook-event"]),
      signature: request.headers["polar-webhook-signature"]?.toString(),
      body,
    });
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answerWith: (next) => {
      status = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
