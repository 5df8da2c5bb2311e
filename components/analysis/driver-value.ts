import { decimal, hoursMinutes, signedPercent, whole } from "@/components/format/numbers";
import type { DriverId } from "@/lib/services/analysis/drivers";

/** A measure's value as people read it: hours and minutes asleep, load, or an answer from 1 to 7. */
export function driverValue(id: DriverId, value: number, locale: string): string {
  if (id === "sleep-duration") return hoursMinutes(value);
  return id === "load" || id === "load-earlier" ? whole(value) : decimal(value, 0, locale);
}

/** A deviation of ln RMSSD as the percentage by which HRV was above or below the mean. */
export function deviationPercent(deviation: number, locale: string): string {
  return signedPercent(100 * (Math.exp(deviation) - 1), locale);
}
