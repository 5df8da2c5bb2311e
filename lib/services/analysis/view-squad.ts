import { listSquadDays } from "@/db/queries/analysis";
import { recordLooks } from "@/db/queries/log";
import { findSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";
import { chanceBelow } from "./chance-below";
import { populationsOf } from "./populations";
import type { AnalysisView } from "./view-model";

type AnalysisInput = { squadId: string; days: number; what?: "analysis" | "export" };

/**
 * A squad as one population over the last `days` days: the spread of z and of the week's change, days on which all moved
 * together, each athlete beside the others. The look at every athlete shown is written to the access log in the same
 * transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewAnalysis(of: { ctx: Context; input: AnalysisInput }): Promise<AnalysisView> {
  const { teamId, userId } = requireCoach(of.ctx, "viewer");
  const { days, what = "analysis" } = of.input;
  const squadId = requireId(of.input.squadId);
  return inTransaction(of.ctx, async (ctx) => {
    const squad = await findSquad(ctx.db, { teamId, squadId });
    if (!squad) throw new AppError("not-found", "This squad is not there.");
    const today = civilDateIn(ctx.now, squad.timeZone);
    const dates = Array.from({ length: days }, (_, i) => addDays(today, i + 1 - days));
    const rows = await listSquadDays(ctx.db, { teamId, squadId, from: addDays(dates[0]!, -7), to: today });
    const athleteIds = rows.map((row) => row.athleteId);
    await recordLooks(ctx.db, { teamId, athleteIds, userId, what, lookedAt: ctx.now });
    return {
      squad: { id: squad.id, name: squad.name, timeZone: squad.timeZone },
      dates,
      populations: populationsOf(rows, dates),
      chanceBelow: chanceBelow(squad.baselineDays),
    };
  });
}
