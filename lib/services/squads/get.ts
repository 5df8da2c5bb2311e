import { findSquad } from "@/db/queries/squads";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

/** One squad of the caller's team with its settings. Everybody on the team. @throws AppError `not-found`, `not-signed-in` */
export async function getSquad(of: { ctx: Context; input: { squadId: string } }) {
  const { teamId } = requireCoach(of.ctx, "viewer");
  const squad = await findSquad(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
  if (!squad) throw new AppError("not-found", "This squad is not there.");
  return squad;
}
