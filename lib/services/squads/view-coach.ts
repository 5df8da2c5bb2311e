import { findCoach } from "@/db/queries/sign-in";
import type { Context, Role } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";

export type CoachView = { name: string | null; email: string; role: Role };

/** Who is signed in, for the header. Everybody on the team. @throws AppError `not-signed-in` */
export async function viewCoach(of: { ctx: Context }): Promise<CoachView> {
  const { teamId, userId } = requireCoach(of.ctx, "viewer");
  const coach = await findCoach(of.ctx.db, { teamId, userId });
  if (!coach) throw new AppError("not-signed-in", "Sign in as a coach to see this.");
  return coach;
}
