import { PRESETS, type Preset } from "@/lib/readiness/types";

/** The preset that tells most within the mails a week that a coach accepts; the quietest when none stays within. */
export function presetFor(accepted: number, mailsPerWeek: Record<Preset, number>): Preset {
  return PRESETS.find((preset) => mailsPerWeek[preset] <= accepted) ?? "quiet";
}

/** Where the slider stands for a rate: the next half mail up, so that it picks a preset of that rate again. */
export function acceptedFor(mailsPerWeek: number): number {
  return Math.min(7, Math.ceil(2 * mailsPerWeek) / 2);
}

/** How a count of mails compares with the interval that chance alone gives. */
export function againstChance(
  mails: number,
  chance: { low: number; high: number },
): "above" | "within" | "below" {
  if (mails > chance.high) return "above";
  return mails < chance.low ? "below" : "within";
}
