import { z } from "zod";
import { endLinks } from "@/db/queries/links";
import { deleteSessionsOf } from "@/db/queries/sign-in";
import { deleteMembership, lockOwners, updateRole } from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { type Context, ROLES } from "../../context";
import { AppError } from "../../errors";
import { oneOf, parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { recordAudit } from "../audit/record";

const roleInput = z.object({ role: oneOf(ROLES) });

const notThere = () => new AppError("not-found", "This person is not on your team.");

/** Gives a member another role. Owners only; a team keeps an owner. @throws AppError `bad-input`, `conflict`, `not-found`, `forbidden` */
export async function changeRole(of: {
  ctx: Context;
  input: { userId: string; role: string };
}): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "owner");
  const { role } = parseInput(roleInput, of.input);
  const userId = requireId(of.input.userId);
  await inTransaction(of.ctx, async (ctx) => {
    if (role !== "owner") await requireOtherOwner(ctx, { teamId, userId });
    if ((await updateRole(ctx.db, { teamId, userId, role })) === 0) throw notThere();
    await recordAudit(ctx, { teamId, action: "member/role-changed", subjectId: userId, detail: { role } });
  });
}

/** Takes a member off the team and ends their sessions. Owners only; a team keeps an owner. @throws AppError `conflict`, `not-found`, `forbidden` */
export async function removeMember(of: { ctx: Context; input: { userId: string } }): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "owner");
  const userId = requireId(of.input.userId);
  await inTransaction(of.ctx, async (ctx) => {
    await requireOtherOwner(ctx, { teamId, userId });
    if ((await deleteMembership(ctx.db, { teamId, userId })) === 0) throw notThere();
    await deleteSessionsOf(ctx.db, { userId });
    await recordAudit(ctx, { teamId, action: "member/removed", subjectId: userId });
  });
}

/** Ends the open invitation of an address. Owners only. @throws AppError `not-found`, `forbidden` */
export async function withdrawCoachInvitation(of: { ctx: Context; input: { email: string } }): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "owner");
  const link = { purpose: "coach-invitation", now: of.ctx.now, teamId, email: of.input.email } as const;
  if ((await endLinks(of.ctx.db, link)) === 0)
    throw new AppError("not-found", "There is no such invitation.");
}

async function requireOtherOwner(ctx: Context, of: { teamId: string; userId: string }): Promise<void> {
  const owners = await lockOwners(ctx.db, { teamId: of.teamId });
  if (owners.includes(of.userId) && owners.length === 1)
    throw new AppError("conflict", "The team needs an owner. Make somebody else the owner first.");
}
