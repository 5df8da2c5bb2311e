import { decimal } from "@/components/format/numbers";

/** `22–38`, or one number when both ends look alike. */
export function range(ends: { low: number; high: number }, digits: number, locale: string): string {
  const low = decimal(ends.low, digits, locale);
  const high = decimal(ends.high, digits, locale);
  return low === high ? low : `${low}–${high}`;
}

/** A share from 0 to 1 as the number before a percent sign. */
export function percentRange(ends: { low: number; high: number }, locale: string): string {
  return range({ low: 100 * ends.low, high: 100 * ends.high }, 1, locale);
}
