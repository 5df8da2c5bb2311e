import { type Context, ROLES, type Role } from "../../context";
import { AppError } from "../../errors";

/**
 * The coach acting, with at least the given role in the context's team.
 * @throws AppError `not-signed-in` or `forbidden`
 */
export function requireCoach(ctx: Context, atLeast: Role): { userId: string; role: Role; teamId: string } {
  if (ctx.actor.kind !== "coach" || ctx.teamId === null)
    throw new AppError("not-signed-in", "Sign in as a coach to see this.");
  if (ROLES.indexOf(ctx.actor.role) > ROLES.indexOf(atLeast))
    throw new AppError("forbidden", "Your role does not allow this. Ask the owner of the installation.");
  return { userId: ctx.actor.userId, role: ctx.actor.role, teamId: ctx.teamId };
}
