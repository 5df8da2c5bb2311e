import { findSquadVersion } from "@/db/queries/squad-morning";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

/** A text that changes whenever the squad's pages would: for asking cheaply whether to render again. @throws AppError `not-found` */
export async function squadVersion(of: { ctx: Context; input: { squadId: string } }): Promise<string> {
  const { teamId } = requireCoach(of.ctx, "viewer");
  const version = await findSquadVersion(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
  if (version === undefined) throw new AppError("not-found", "This squad is not there.");
  return version;
}
