import { visitorContext } from "@/app/context";
import { receiveDelivery } from "@/lib/services/webhooks/receive";

const MAX_BYTES = 64 * 1024;

/** Polar's webhook. The raw bytes are what is signed, so nothing parses them before the service does. */
export async function POST(request: Request): Promise<Response> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES)
    return new Response(null, { status: 413 });
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.byteLength > MAX_BYTES) return new Response(null, { status: 413 });
  const signature = request.headers.get("polar-webhook-signature");
  const status = await receiveDelivery({ ctx: await visitorContext(), input: { body, signature } });
  return new Response(null, { status });
}
