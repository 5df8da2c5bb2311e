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
