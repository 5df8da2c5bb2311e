import { decimalsInSd } from "./readiness/rules";

const MINUS = "−";

type Form = { digits: number; locale: string; signDisplay: "negative" | "exceptZero" };

// A formatter costs more to make than a hundred numbers to write.
const formatters = new Map<string, Intl.NumberFormat>();

/** A number with fixed decimals, the locale's decimal mark and a real minus sign; thousands are not parted. */
export function numberText(value: number, form: Form): string {
  return formatterOf(form).format(value).replace("-", MINUS);
}

function formatterOf({ digits, locale, signDisplay }: Form): Intl.NumberFormat {
  const key = `${locale} ${digits} ${signDisplay}`;
  const kept = formatters.get(key);
  if (kept) return kept;
  const made = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay,
    useGrouping: false,
  });
  formatters.set(key, made);
  return made;
}

/** A z, or a change in own SDs: one decimal, more where that takes a value over a limit of the rules (−0.98 is not −1.0). */
export function inSd(value: number, locale: string): string {
  return numberText(value, { digits: decimalsInSd(value), locale, signDisplay: "exceptZero" });
}

const MOST_DECIMALS = 3;

/** Decimals with which a number is told beside others: none, more where rounding would make it look like one of them. */
export function decimalsBeside(value: number, others: readonly number[]): number {
  let digits = 0;
  const looksLike = (other: number) => other !== value && other.toFixed(digits) === value.toFixed(digits);
  while (digits < MOST_DECIMALS && others.some(looksLike)) digits++;
  return digits;
}

/** A number told beside others that it is held against (45.2 is below 45.4, 45 is not below 45). */
export function beside(value: number, others: readonly number[], locale: string): string {
  return numberText(value, { digits: decimalsBeside(value, others), locale, signDisplay: "negative" });
}
