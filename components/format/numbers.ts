import { decimalsBeside, numberText } from "@/lib/number-text";

const MINUS = "−";
const THIN_SPACE = "\u2009";

/** Whole number; from 1 000 on with a thin space between thousands. */
export function whole(value: number): string {
  const digits = String(Math.abs(Math.round(value))).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
  return (Math.round(value) < 0 ? MINUS : "") + digits;
}

/** A whole number beside others that it is held against, with decimals where it would look like one of them. */
export function wholeBeside(value: number, others: readonly number[], locale: string): string {
  const digits = decimalsBeside(value, others);
  return digits === 0 ? whole(value) : decimal(value, digits, locale);
}

/** A number with fixed decimals, the locale's decimal mark and a real minus sign. */
export function decimal(value: number, digits: number, locale: string): string {
  return numberText(value, { digits, locale, signDisplay: "negative" });
}

/** As `decimal`, with a plus sign; zero has none. */
export function signed(value: number, digits: number, locale: string): string {
  return numberText(value, { digits, locale, signDisplay: "exceptZero" });
}

/** A change in percent: `+13 %`. */
export function signedPercent(value: number, locale: string): string {
  return `${signed(value, 0, locale)} %`;
}

/** `22–38`, or one number when both ends look alike. */
export function range(ends: { low: number; high: number }, digits: number, locale: string): string {
  const low = decimal(ends.low, digits, locale);
  const high = decimal(ends.high, digits, locale);
  return low === high ? low : `${low}–${high}`;
}

/** Shares from 0 to 1 as the numbers before a percent sign: every rate by chance is told like this. */
export function percentRange(ends: { low: number; high: number }, locale: string): string {
  return range({ low: 100 * ends.low, high: 100 * ends.high }, 1, locale);
}

/** A probability or correlation: without its leading zero where the decimal mark is a point (`.01`, `−.31`), else with it (`0,01`). */
export function bare(value: number, digits: number, locale: string): string {
  return decimal(value, digits, locale).replace(/^(−?)0\./, "$1.");
}

/** `p = .01`, `p < .001`; `p = 0,01`. With as many digits as it takes to stand on its own side of .10 and .05. */
export function pValue(p: number, locale: string): string {
  if (p < 0.001) return `p < ${bare(0.001, 3, locale)}`;
  let digits = p < 0.01 ? 3 : 2;
  while (LIMITS.some((limit) => p < limit && Number(p.toFixed(digits)) >= limit)) digits++;
  return `p = ${bare(p, digits, locale)}`;
}

/** What a p is held against: .10 for a fall over seven days, .05 for an association. */
const LIMITS = [0.1, 0.05];

/** Hours and minutes of a duration: `7:05`. */
export function hoursMinutes(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Minutes and seconds, as pace is told: `5:04`. */
export function minutesSeconds(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
