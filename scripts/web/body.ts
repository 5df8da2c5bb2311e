import type { IncomingMessage } from "node:http";

export type Arrival = { kind: "whole"; body: Buffer } | { kind: "too-large" | "too-many" | "aborted" };

/** Bytes of the bodies that are on their way at this moment, over all requests of a server. */
export type Held = { bytes: number };

/** Whether a request announces a body (RFC 9112, section 6). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) !== 0;
}

/**
 * Resolves once a request's body has arrived wholly, counting while it arrives; the request can be read as usual
 * afterwards. Of a body that is refused nothing is kept: what still comes is thrown away as it comes.
 */
export function arrival(
  request: IncomingMessage,
  limits: { bytes: number; held: Held; heldBytes: number },
): Promise<Arrival> {
  const push = request.push.bind(request);
  if (Number(request.headers["content-length"] ?? 0) > limits.bytes) {
    discard(request, push);
    return Promise.resolve({ kind: "too-large" });
  }
  return new Promise((resolve) => {
    const kept: Buffer[] = [];
    let bytes = 0;
    const settle = (kind: Arrival["kind"]) => {
      limits.held.bytes -= bytes;
      bytes = 0;
      request.removeListener("close", gone);
      if (kind !== "whole") {
        discard(request, push);
        return resolve({ kind });
      }
      request.push = push;
      resolve({ kind, body: Buffer.concat(kept) });
    };
    const gone = () => settle("aborted");
    request.once("close", gone);
    // Node's parser hands a body on by this one method; what is not handed on never fills the request's own buffer.
    request.push = (chunk: Buffer | null) => {
      if (chunk !== null) {
        bytes += chunk.length;
        limits.held.bytes += chunk.length;
        kept.push(chunk);
        if (bytes > limits.bytes) settle("too-large");
        else if (limits.held.bytes > limits.heldBytes) settle("too-many");
        return true;
      }
      settle("whole");
      for (const part of kept) push(part);
      return push(null);
    };
  });
}

type Push = IncomingMessage["push"];

/** Lets the rest of a body pass without keeping it. */
function discard(request: IncomingMessage, push: Push): void {
  request.push = (chunk: Buffer | null) => (chunk === null ? push(null) : true);
}
