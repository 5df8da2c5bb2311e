import { listRoster } from "@/db/queries/athletes";
import type { Context } from "../../context";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

export type RosterEntry = Awaited<ReturnType<typeof listRoster>>[number];

/** Who is connected in a squad: names, groups and connections, no health values. Everybody on the team. @throws AppError `not-signed-in` */
export async function viewRoster(of: { ctx: Context; input: { squadId: string } }): Promise<RosterEntry[]> {
  const { teamId } = requireCoach(of.ctx, "viewer");
  return listRoster(of.ctx.db, { teamId, squadId: requireId(of.input.squadId) });
}
