import type { ReadingCounts, SourceChoice } from "@/db/queries/sources";
import { BASELINE_NIGHTS, SETTLING_DAYS } from "@/lib/readiness/constants";
import type { HrvSource } from "@/lib/readiness/types";
import { addDays, type CivilDate } from "@/lib/time/civil-date";

type Standing = {
  today: CivilDate;
  /** The latest day first. */
  choices: readonly Pick<SourceChoice, "fromDay" | "source">[];
  counts: ReadingCounts;
};

/** The source that counts on a day: the latest choice from that day or before, nights without one. */
export function sourceOn(choices: Standing["choices"], date: CivilDate): HrvSource {
  return choices.find(({ fromDay }) => fromDay <= date)?.source ?? "nightly";
}

/**
 * The source to propose: the other one, once it is firm (30 valid days of the last 60). A person's choice stands, also
 * the one to keep what is, until its own series no longer carries a baseline. Null for no proposal. Pure.
 */
export function proposedSource({ today, choices, counts }: Standing): HrvSource | null {
  const current = sourceOn(choices, today);
  const other = current === "nightly" ? "morning" : "nightly";
  if (counts[other] < BASELINE_NIGHTS.firm) return null;
  const latest = choices[0];
  if (latest === undefined) return other;
  const hasSettled = latest.fromDay <= addDays(today, -SETTLING_DAYS);
  return hasSettled && counts[current] < BASELINE_NIGHTS.provisional ? other : null;
}
