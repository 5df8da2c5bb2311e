import { findUserByEmail } from "@/db/queries/sign-in";
import { hashLinkToken } from "@/lib/crypto/link-token";
import type { Context } from "../../context";
import { mailLink } from "../links/mail-link";

/** Mails a coach the link that signs in, in their own language or else the browser's. Called by the sign-in itself, which made the link. */
export async function sendSignInLink(of: {
  ctx: Context;
  input: { email: string; href: string; token: string; browser: string };
}): Promise<void> {
  const { email, href, token, browser } = of.input;
  const locale = (await findUserByEmail(of.ctx.db, email))?.locale ?? browser;
  const key = `sign-in/${hashLinkToken(token).slice(0, 24)}`;
  const input = { kind: "sign-in", key, toEmail: email, href, locale, values: {} } as const;
  await mailLink({ ctx: of.ctx, input });
}
