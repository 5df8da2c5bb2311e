import type { Context } from "@/lib/context";
import { civilDateIn } from "@/lib/time/zone";
import { forecastFirstSyncs } from "../rate-budget/forecast";
import type { FirstSyncWait } from "./view-model";

type ConnectionRow = { status: string; backfilledAt: Date | null } | undefined;

/** Until when Polar's quota keeps an athlete's first sync waiting; null when it does not, or none is under way. */
export async function firstSyncWait(
  ctx: Context,
  of: { connection: ConnectionRow; athlete: { pausedAt: Date | null }; timeZone: string },
): Promise<FirstSyncWait | null> {
  const { connection, athlete, timeZone } = of;
  if (connection?.status !== "active" || connection.backfilledAt || athlete.pausedAt) return null;
  const forecast = await forecastFirstSyncs({ ctx });
  if (!forecast?.quotaWaits) return null;
  return { untilMs: forecast.doneAt.getTime(), timeZone, today: civilDateIn(ctx.now, timeZone) };
}
