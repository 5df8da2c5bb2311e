import { findOpenLink, takeLink } from "@/db/queries/links";
import { hashLinkToken } from "@/lib/crypto/link-token";
import type { Context } from "../../context";
import { AppError } from "../../errors";

const purpose = "athlete-page";
const ended = () => new AppError("link-ended", "This link has ended. Ask for a new one.");

/** Whether a mailed link still opens a page; uses nothing up, so that mail scanners do no harm. Any caller. @throws AppError `link-ended` */
export async function viewPageLink(of: { ctx: Context; input: { token: string } }): Promise<void> {
  const tokenHash = hashLinkToken(of.input.token);
  if (!(await findOpenLink(of.ctx.db, { tokenHash, purpose, now: of.ctx.now }))) throw ended();
}

/** Exchanges a mailed link for the athlete it belongs to, once. Any caller. @throws AppError `link-ended` */
export async function openPageLink(of: {
  ctx: Context;
  input: { token: string };
}): Promise<{ athleteId: string }> {
  const tokenHash = hashLinkToken(of.input.token);
  const link = await takeLink(of.ctx.db, { tokenHash, purpose, now: of.ctx.now });
  if (!link?.athleteId) throw ended();
  return { athleteId: link.athleteId };
}
