import type { CivilDate } from "@/lib/time/civil-date";

/** Names a piece of work that a squad needs once a civil day, whatever the clock or the cron does. */
export function dailyRunKey(purpose: "scored", squad: { squadId: string; date: CivilDate }): string {
  return `${purpose}/${squad.squadId}/${squad.date}`;
}
