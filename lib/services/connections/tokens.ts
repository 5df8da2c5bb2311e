import { seal, unseal } from "@/lib/crypto/seal";
import { env } from "@/lib/env";

/** Names what is sealed, for every provider; the first of them gave the name, and what is stored can be opened by no other. */
const purpose = "polar-access-token";

export function sealToken(accessToken: string): string {
  return seal(accessToken, { secret: env().ENCRYPTION_KEY, purpose });
}

export function unsealToken(sealed: string): string {
  return unseal(sealed, { secret: env().ENCRYPTION_KEY, purpose });
}
