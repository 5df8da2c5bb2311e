import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const VERSION = "v1";

function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "restday", purpose, 32));
}

/**
 * Encrypts text at rest with AES-256-GCM under a key derived for one purpose, so that a sealed token
 * cannot be passed off as a sealed mail. @param secret the installation's `ENCRYPTION_KEY`
 */
export function seal(plain: string, input: { secret: string; purpose: string }): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(input.secret, input.purpose), iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return [VERSION, iv, cipher.getAuthTag(), body]
    .map((part) => (typeof part === "string" ? part : part.toString("base64url")))
    .join(".");
}

/** Opens what `seal` made. @throws Error when the secret or purpose differ or the text was changed */
export function unseal(sealed: string, input: { secret: string; purpose: string }): string {
  const [version, iv, tag, body] = sealed.split(".");
  if (version !== VERSION || !iv || !tag || body === undefined) throw new Error("Not a sealed value");
  const decipher = createDecipheriv(
    "aes-256-gcm",
    keyFor(input.secret, input.purpose),
    Buffer.from(iv, "base64url"),
  );
  decipher.setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
}
