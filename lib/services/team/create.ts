import { findUserByEmail, upsertUser } from "@/db/queries/sign-in";
import { insertTeam, upsertMembership } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";

/**
 * Makes a team with its owner. Repeating it for the same owner's e-mail returns the team that is there.
 * Jobs and visitors with a proof (a claim link, the operator's own address) only. @throws AppError `forbidden`
 */
export async function createTeam(of: {
  ctx: Context;
  input: { teamName: string; ownerName: string | null; ownerEmail: string };
}): Promise<{ teamId: string; userId: string }> {
  if (of.ctx.actor.kind === "athlete" || of.ctx.actor.kind === "coach")
    throw new AppError("forbidden", "A team is made when the installation is set up.");
  const email = of.input.ownerEmail.trim().toLowerCase();
  return inTransaction(of.ctx, async ({ db }) => {
    const known = await findUserByEmail(db, email);
    if (known?.teamId) return { teamId: known.teamId, userId: known.userId };
    const userId = await upsertUser(db, { email, name: of.input.ownerName });
    const teamId = await insertTeam(db, { name: of.input.teamName });
    await upsertMembership(db, { teamId, userId, role: "owner" });
    return { teamId, userId };
  });
}
