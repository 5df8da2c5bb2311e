import { eq } from "drizzle-orm";
import type { Db } from "../../client";
import { verificationTokens } from "../../schema/auth";

/** Whose sign-in link a hash belongs to, and until when it holds. */
export async function findVerificationToken(db: Db, tokenHash: string) {
  const [row] = await db
    .select({ email: verificationTokens.identifier, expires: verificationTokens.expires })
    .from(verificationTokens)
    .where(eq(verificationTokens.token, tokenHash));
  return row;
}
