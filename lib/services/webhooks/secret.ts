import { seal, unseal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";

const purpose = "polar-webhook-secret";

export function sealSecret(secret: string): string {
  return seal(secret, { secret: env().ENCRYPTION_KEY, purpose });
}

export function unsealSecret(sealed: string): string {
  return unseal(sealed, { secret: env().ENCRYPTION_KEY, purpose });
}
