import { and, count, eq, gt } from "drizzle-orm";
import type { Db } from "../../client";
import { verificationTokens } from "../../schema/auth";

/** Sign-in links of an address that could still be followed. */
export async function countOpenLinks(db: Db, input: { email: string; now: Date }): Promise<number> {
  const [row] = await db
    .select({ open: count() })
    .from(verificationTokens)
    .where(and(eq(verificationTokens.identifier, input.email), gt(verificationTokens.expires, input.now)));
  return row?.open ?? 0;
}
