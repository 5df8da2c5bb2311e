import { listSquadRows } from "@/db/queries/squads";
import type { Preset } from "@/lib/readiness/types";
import type { Context } from "../../context";
import { requireCoach } from "../access/require-coach";

export type SquadSummary = {
  id: string;
  name: string;
  timeZone: string;
  preset: Preset;
  /** Athletes with a connection. */
  athleteCount: number;
  /** Invited, not connected yet. */
  waitingCount: number;
};

/** The team's squads in use, by name. Everybody on the team. @throws AppError `not-signed-in` */
export async function listSquads(of: { ctx: Context }): Promise<SquadSummary[]> {
  const { teamId } = requireCoach(of.ctx, "viewer");
  return listSquadRows(of.ctx.db, { teamId });
}
