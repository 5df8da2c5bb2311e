import { RULE_VERSION } from "@/lib/readiness/rule-version";
import type { CivilDate } from "@/lib/time/civil-date";

/**
 * Names a squad's scoring of a civil day, which is due once, whatever the clock or the cron does. A day that was scored
 * before an update is scored again after it, past days included.
 */
export function dailyRunKey(purpose: "scored", squad: { squadId: string; date: CivilDate }): string {
  return `${purpose}/${squad.squadId}/${squad.date}/${RULE_VERSION}`;
}
