import { type NewMorningReading, upsertReadings } from "@/db/queries/readings";
import type { Context } from "../../context";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

type StoreInput = {
  teamId: string;
  athleteId: string;
  action: string;
  readings: readonly NewMorningReading[];
};

/** Stores readings with their audit row and event, in the caller's transaction. @returns how many are new or changed */
export async function storeReadings(ctx: Context, of: StoreInput): Promise<number> {
  const { teamId, athleteId, action } = of;
  const changed = await upsertReadings(ctx.db, { teamId, athleteId }, of.readings);
  if (changed === 0) return 0;
  await recordAudit(ctx, { teamId, action, subjectId: athleteId, detail: { readings: String(changed) } });
  // A job that reads recordings goes on to score the athlete by itself.
  if (ctx.actor.kind !== "job")
    await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  return changed;
}
