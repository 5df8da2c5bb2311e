import { z } from "zod";
import { endLinks, insertLink } from "@/db/queries/links";
import { findUserByEmail } from "@/db/queries/sign-in";
import { findMember, findTeam } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { ROLES } from "@/lib/context";
import { hashLinkToken, newLinkToken } from "@/lib/crypto/link-token";
import { emailAddress } from "@/lib/email/address";
import { env } from "@/lib/env";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { oneOf, parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { mailLink } from "../links/mail-link";

const purpose = "coach-invitation";
const days = 14;
const inviteInput = z.object({
  email: emailAddress,
  role: oneOf(ROLES),
  locale: z.string().default("en"),
});

/**
 * Invites somebody to the team by mail: a link for one use within 14 days. An earlier one to the same address
 * ends. `locale` is the language of the mail to somebody whose own is not known.
 * Owners only. @throws AppError `bad-input`, `conflict` when they are on a team already, `forbidden`, `not-signed-in`
 */
export async function inviteCoach(of: {
  ctx: Context;
  input: z.input<typeof inviteInput>;
}): Promise<{ link: string }> {
  const { teamId, userId } = requireCoach(of.ctx, "owner");
  const { email, role, locale } = parseInput(inviteInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const { db, now } = ctx;
    const known = await findUserByEmail(db, email);
    if (known?.teamId)
      throw new AppError("conflict", "This address is on a team already.", { field: "email" });
    const token = newLinkToken();
    const tokenHash = hashLinkToken(token);
    const expiresAt = new Date(now.getTime() + days * 86_400_000);
    await endLinks(db, { purpose, now, teamId, email });
    await insertLink(db, { tokenHash, purpose, teamId, email, role, expiresAt, createdAt: now });
    const href = `${env().APP_URL}/join/${token}`;
    const [team, inviter] = [await findTeam(db, teamId), await findMember(db, { teamId, userId })];
    const values = { team: team?.name ?? "", inviter: inviter?.name ?? inviter?.email ?? "", days };
    const key = `coach-invitation/${tokenHash.slice(0, 24)}`;
    const mail = {
      kind: purpose,
      key,
      toEmail: email,
      href,
      locale: known?.locale ?? locale,
      values,
    } as const;
    await mailLink({ ctx, input: mail });
    await recordAudit(ctx, { teamId, action: "member/invited", subjectId: email, detail: { role } });
    return { link: href };
  });
}
