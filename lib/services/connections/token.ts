import { seal, unseal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";

const purpose = "polar-access-token";

export function sealToken(accessToken: string): string {
  return seal(accessToken, { secret: env().ENCRYPTION_KEY, purpose });
}

export function unsealToken(sealed: string): string {
  return unseal(sealed, { secret: env().ENCRYPTION_KEY, purpose });
}
