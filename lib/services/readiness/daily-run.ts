import { RULE_VERSION } from "@/lib/readiness/rule-version";
import type { CivilDate } from "@/lib/time/civil-date";

/** Names a piece of work that a squad needs once a civil day, whatever the clock or the cron does. */
export function dailyRunKey(
  purpose: "scored" | "morning",
  squad: { squadId: string; date: CivilDate },
): string {
  // A day that was scored before an update is scored again after it, past days included.
  const rules = purpose === "scored" ? `/${RULE_VERSION}` : "";
  return `${purpose}/${squad.squadId}/${squad.date}${rules}`;
}
