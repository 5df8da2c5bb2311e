import { z } from "zod";
import { endLinks, listOpenTeamLinks } from "@/db/queries/links";
import { deleteSessionsOf, findCoach, findUserByEmail, upsertUser } from "@/db/queries/sign-in";
import {
  deleteMembership,
  findTeam,
  insertTeam,
  listMembers,
  lockOwners,
  updateRole,
  upsertMembership,
} from "@/db/queries/team";
import { inTransaction } from "@/db/transaction";
import { type Context, ROLES, type Role } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { oneOf, parseInput, requireCan, requireId } from "@/lib/services/access/require";

export type TeamView = {
  name: string;
  members: { userId: string; name: string | null; email: string; role: Role }[];
  invited: { email: string; role: Role; expiresAt: Date }[];
  you: { userId: string; role: Role };
};

/** Who is on the caller's team and who is invited. Everybody on the team. @throws AppError `not-signed-in` */
export async function viewTeam(of: { ctx: Context }): Promise<TeamView> {
  const { teamId, userId, role } = requireCan(of.ctx, "team.view");
  const { db, now } = of.ctx;
  const [team, members, links] = await Promise.all([
    findTeam(db, teamId),
    listMembers(db, { teamId }),
    listOpenTeamLinks(db, { teamId, now }),
  ]);
  if (!team) throw new AppError("not-found", "This team is not there.");
  const invited = links.flatMap(({ email, role: as, expiresAt }) =>
    email && as ? [{ email, role: as, expiresAt }] : [],
  );
  return { name: team.name, members, invited, you: { userId, role } };
}

/**
 * Makes a team with its owner. Repeating it for the same owner's e-mail returns the team that is there.
 * Jobs and visitors with a proof (a claim link, the operator's own address) only. @throws AppError `forbidden`
 */
export async function createTeam(of: {
  ctx: Context;
  input: { teamName: string; ownerName: string | null; ownerEmail: string };
}): Promise<{ teamId: string; userId: string }> {
  requireCan(of.ctx, "team.make");
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

const roleInput = z.object({ role: oneOf(ROLES) });

const notThere = () => new AppError("not-found", "This person is not on your team.");

/** Gives a member another role. Owners only; a team keeps an owner. @throws AppError `bad-input`, `conflict`, `not-found`, `forbidden` */
export async function changeRole(of: {
  ctx: Context;
  input: { userId: string; role: string };
}): Promise<void> {
  const { teamId } = requireCan(of.ctx, "coaches.change");
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
  const { teamId } = requireCan(of.ctx, "coaches.change");
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
  const { teamId } = requireCan(of.ctx, "coaches.invite");
  const link = { purpose: "coach-invitation", now: of.ctx.now, teamId, email: of.input.email } as const;
  if ((await endLinks(of.ctx.db, link)) === 0)
    throw new AppError("not-found", "There is no such invitation.");
}

async function requireOtherOwner(ctx: Context, of: { teamId: string; userId: string }): Promise<void> {
  const owners = await lockOwners(ctx.db, { teamId: of.teamId });
  if (owners.includes(of.userId) && owners.length === 1)
    throw new AppError("conflict", "The team needs an owner. Make somebody else the owner first.");
}

type CoachView = { name: string | null; email: string; role: Role };

/** Who is signed in, for the header. Everybody on the team. @throws AppError `not-signed-in` */
export async function viewCoach(of: { ctx: Context }): Promise<CoachView> {
  const { teamId, userId } = requireCan(of.ctx, "team.view");
  const coach = await findCoach(of.ctx.db, { teamId, userId });
  if (!coach) throw new AppError("not-signed-in", "Sign in as a coach to see this.");
  return coach;
}
