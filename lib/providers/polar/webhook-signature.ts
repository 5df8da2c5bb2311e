import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * True when `signature` is Polar's: lower-case hex of HMAC-SHA-256 over the raw body with the webhook's secret
 * (header `Polar-Webhook-Signature`). Compared in constant time.
 */
export function isSignedBy(input: { body: Uint8Array; signature: string | null; secret: string }): boolean {
  const expected = createHmac("sha256", input.secret).update(input.body).digest();
  const given = Buffer.from(input.signature ?? "", "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
