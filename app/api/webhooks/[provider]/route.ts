import { visitorContext } from "@/app/context";
import { receiveDelivery } from "@/lib/services/webhooks/receive";
import { findConnector } from "@/lib/wearables/connector";

const MAX_BYTES = 64 * 1024;

/** A provider's webhook. The raw bytes are what is signed, so nothing parses them before the service does. */
export async function POST(request: Request, { params }: { params: Promise<{ provider: string }> }) {
  const { provider } = await params;
  const ctx = await visitorContext();
  const webhook = findConnector(ctx.providers, provider)?.webhook;
  if (!webhook) return new Response(null, { status: 404 });
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BYTES)
    return new Response(null, { status: 413 });
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.byteLength > MAX_BYTES) return new Response(null, { status: 413 });
  const signature = request.headers.get(webhook.signatureHeader);
  const status = await receiveDelivery({ ctx, input: { provider, body, signature } });
  return new Response(null, { status });
}
