import { createHash, randomBytes } from "node:crypto";

/** A fresh link token: 256 random bits, base64url. Only its hash is ever stored. */
export function newLinkToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256 of a link token, hex; enough without a salt because the token itself is 256 random bits. */
export function hashLinkToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
