import { listDriverDays } from "@/db/queries/analysis";
import { findAthleteInSquad } from "@/db/queries/athletes";
import { recordLooks } from "@/db/queries/log";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

/** With few days no p by circular shifts can hold against Holm's adjustment for every row. */
const CORRELATION_DAYS = 365;

/**
 * An athlete with the last year's days of what may go with HRV. The look is written to the access log in the same
 * transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function lookAtDrivers(of: { ctx: Context; input: { athleteId: string } }) {
  const { teamId, userId } = requireCoach(of.ctx, "viewer");
  const athleteId = requireId(of.input.athleteId);
  return inTransaction(of.ctx, async (ctx) => {
    const athlete = await findAthleteInSquad(ctx.db, { teamId, athleteId });
    if (!athlete || athlete.stoppedAt) throw new AppError("not-found", "This athlete is not there.");
    const look = { teamId, userId, what: "athlete-page", lookedAt: ctx.now } as const;
    await recordLooks(ctx.db, { ...look, athleteIds: [athleteId] });
    return { athlete, days: await listDriverDays(ctx.db, { teamId, athleteId, days: CORRELATION_DAYS }) };
  });
}
