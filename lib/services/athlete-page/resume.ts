import { markPaused } from "@/db/queries/athletes";
import { listStreamStates, markStreamsDue } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import type { CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";
import { requireOwn } from "./require-own";

/**
 * Ends a pause: everything Polar still keeps is asked for at once. Athletes only.
 * @returns the first day of the pause in the squad's zone, null when there was none @throws AppError `not-signed-in`
 */
export async function resumeSharing(of: { ctx: Context }): Promise<{ pausedOn: CivilDate | null }> {
  const { athlete, squad, who } = await requireOwn(of.ctx);
  const { pausedAt } = athlete;
  if (!pausedAt) return { pausedOn: null };
  const { athleteId } = who;
  await inTransaction(of.ctx, async (ctx) => {
    await markPaused(ctx.db, { ...who, pausedAt: null });
    const streams = (await listStreamStates(ctx.db, athleteId)).map((state) => state.stream);
    await markStreamsDue(ctx.db, { athleteId, streams, dueAt: ctx.now });
    await recordEvents(ctx, [{ name: "athlete/sync.requested", data: { athleteId, reason: "asked" } }]);
    await recordAudit(ctx, { teamId: who.teamId, action: "athlete/resumed", subjectId: athleteId });
  });
  return { pausedOn: civilDateIn(pausedAt, squad.timeZone) };
}
