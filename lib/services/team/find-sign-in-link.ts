import { findVerificationToken } from "@/db/queries/sign-in";
import type { Context } from "../../context";

/** Whose sign-in link a hash belongs to, used by nobody yet; it may have expired. Called by the sign-in itself. */
export async function findSignInLink(of: {
  ctx: Context;
  input: { tokenHash: string };
}): Promise<{ email: string; expires: Date } | undefined> {
  return findVerificationToken(of.ctx.db, of.input.tokenHash);
}
