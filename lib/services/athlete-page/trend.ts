import { listOwnNights } from "@/db/queries/own-page";
import { addDays } from "@/lib/time/civil-date";
import type { Context } from "../../context";
import type { OwnNight } from "./view-model";

const trendDays = 28;

/** The athlete's last four weeks in ms: nights, 7-day mean, and the band of ±1 SD around the baseline (kept in ln ms). */
export async function viewTrend(
  ctx: Context,
  of: { teamId: string; athleteId: string; today: string },
): Promise<OwnNight[]> {
  const { today, ...who } = of;
  const rows = await listOwnNights(ctx.db, { ...who, since: addDays(today, 1 - trendDays) });
  return rows.map(({ date, source, rmssdMs, mean7, baselineMean, baselineSd }) => {
    const band = baselineMean === null || baselineSd === null ? null : { baselineMean, baselineSd };
    return {
      date,
      source,
      rmssdMs,
      mean7Ms: mean7 === null ? null : Math.exp(mean7),
      lowMs: band && Math.exp(band.baselineMean - band.baselineSd),
      highMs: band && Math.exp(band.baselineMean + band.baselineSd),
    };
  });
}
