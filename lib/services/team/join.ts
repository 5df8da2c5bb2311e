import { z } from "zod";
import { findOpenLink, takeLink } from "@/db/queries/links";
import { findUserByEmail, upsertUser } from "@/db/queries/sign-in";
import { findTeam, upsertMembership } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { hashLinkToken } from "@/lib/crypto/link-token";
import type { Context, Role } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { recordAudit } from "../audit/record";

const purpose = "coach-invitation";
const ended = () => new AppError("link-ended", "This link has ended. Ask for a new one.");
const joinInput = z.object({ token: z.string(), name: z.string().trim().min(1).max(80) });

/** What an invited coach would join, and as what. Any caller with the link. @throws AppError `link-ended` */
export async function viewCoachInvitation(of: {
  ctx: Context;
  input: { token: string };
}): Promise<{ team: string; email: string; role: Role }> {
  const tokenHash = hashLinkToken(of.input.token);
  const link = await findOpenLink(of.ctx.db, { tokenHash, purpose, now: of.ctx.now });
  const team = link?.teamId ? await findTeam(of.ctx.db, link.teamId) : undefined;
  if (!link?.email || !link.role || !team) throw ended();
  return { team: team.name, email: link.email, role: link.role };
}

/** Uses a coach's invitation up: its holder joins the team. Any caller with the link. @throws AppError `link-ended`, `bad-input` */
export async function joinTeam(of: {
  ctx: Context;
  input: z.input<typeof joinInput>;
}): Promise<{ userId: string }> {
  const { token, name } = parseInput(joinInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const link = await takeLink(ctx.db, { tokenHash: hashLinkToken(token), purpose, now: ctx.now });
    if (!link?.email || !link.role || !link.teamId) throw ended();
    const { teamId, role, email } = link;
    // Whoever joined another team since is nobody this link could sign in as.
    const known = await findUserByEmail(ctx.db, email);
    if (known?.teamId) throw ended();
    const userId = await upsertUser(ctx.db, { email, name });
    await upsertMembership(ctx.db, { teamId, userId, role });
    await recordAudit(ctx, { teamId, action: "member/joined", subjectId: userId, detail: { role } });
    return { userId };
  });
}
