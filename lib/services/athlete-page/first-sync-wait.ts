import type { Context } from "@/lib/context";
import { civilDateIn } from "@/lib/time/zone";
import { forecastFirstSyncs } from "../rate-budget/forecast";
import type { FirstSyncWait } from "./view-model";

type ConnectionRow = { status: string; backfilledAt: Date | null } | undefined;
type StateRow = { nextDueAt: Date | null };

/**
 * Until when Polar's quota keeps an athlete waiting: to be registered there, or for the first sync to be complete; null
 * when it does not, or none is under way.
 */
export async function firstSyncWait(
  ctx: Context,
  of: {
    connection: ConnectionRow;
    states: readonly StateRow[];
    athlete: { pausedAt: Date | null };
    timeZone: string;
  },
): Promise<FirstSyncWait | null> {
  const { connection, states, athlete, timeZone } = of;
  if (!connection || athlete.pausedAt) return null;
  const around = { timeZone, today: civilDateIn(ctx.now, timeZone) };
  if (connection.status === "registering") {
    const dueMs = states.flatMap(({ nextDueAt }) => nextDueAt?.getTime() ?? []);
    return { what: "registration", untilMs: Math.max(ctx.now.getTime(), ...dueMs), ...around };
  }
  if (connection.status !== "active" || connection.backfilledAt) return null;
  const forecast = await forecastFirstSyncs({ ctx });
  if (!forecast?.quotaWaits) return null;
  return { what: "history", untilMs: forecast.doneAt.getTime(), ...around };
}
