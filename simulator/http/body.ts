import type { IncomingMessage } from "node:http";
import type { Incoming } from "./router";

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The JSON of a body; an empty one is an empty object, as Polar accepts it. Undefined: not JSON. */
export function jsonBody(incoming: Incoming): unknown {
  const text = incoming.body.toString("utf8").trim();
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function formBody(incoming: Incoming): URLSearchParams {
  return new URLSearchParams(incoming.body.toString("utf8"));
}
