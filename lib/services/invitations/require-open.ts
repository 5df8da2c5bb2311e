import { findOpenInvitation } from "@/db/queries/invitations";
import { hashLinkToken } from "@/lib/crypto/link-token";
import type { Context } from "../../context";
import { AppError } from "../../errors";

/** The open invitation behind a link; one answer for used, expired, withdrawn and forged. @throws AppError `link-ended` */
export async function requireOpenInvitation(ctx: Context, token: string) {
  const found = await findOpenInvitation(ctx.db, { tokenHash: hashLinkToken(token), now: ctx.now });
  if (!found) throw new AppError("link-ended", "This link has ended. Ask your coach for a new one.");
  return found;
}
