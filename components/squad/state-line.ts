import { civil } from "@/components/format/dates";
import type { SquadRow } from "@/lib/services/squads/row";
import { daysBetween } from "@/lib/time/civil-date";
import type { RowWords } from "./cell-values";

type Words = Pick<RowWords, "squad" | "levels" | "locale" | "date">;

/** The line under a name: what is new, what is missing, else the group. */
export function stateLine(row: SquadRow, words: Words): string {
  const { squad } = words;
  const { standing } = row;
  if (standing.kind === "stopped") return squad("state.stopped");
  if (row.pausedOn !== null)
    return squad("state.paused", { day: civil(row.pausedOn, "short", words.locale) });
  if (standing.kind === "backfilling") {
    return squad("state.backfilling", { read: standing.read, found: standing.found });
  }
  if (standing.kind === "no-days") {
    if (row.connection !== "active" && row.connection !== "registering") return squad("state.notConnected");
    // A night is there and no level: it waits for the next scoring, or the chosen day lies before the first one.
    if (row.lastNight === null) return squad("state.noDays");
    return squad("state.notScored", { day: civil(row.lastNight, "short", words.locale) });
  }
  return row.travel ? withTravel(scoredLine(row, words), words) : scoredLine(row, words);
}

function withTravel(text: string, { squad }: Words): string {
  return text === "" ? squad("state.travelOnly") : squad("state.travel", { text });
}

function scoredLine(row: SquadRow, words: Words): string {
  const { source } = row;
  if (row.reason !== null) return reasonLine(row, words);
  if (row.grade === "provisional") return words.squad("state.provisional", { n: row.baseline.n, source });
  return row.section === "look" ? episodeLine(row, words) : (row.groupName ?? "");
}

function reasonLine(row: SquadRow, { squad, levels, date }: Words): string {
  if (row.reason === "baseline-building")
    return squad("state.building", { n: row.baseline.n, source: row.source });
  if (row.suspectPair) return levels("reasons.suspect-pair");
  if (row.reason !== "no-reading") return levels(`reasons.${row.reason}`);
  const nights = row.lastNight === null ? 1 : daysBetween(row.lastNight, date);
  return nights > 1 ? squad("state.noData", { n: nights, source: row.source }) : squad("state.noReading");
}

function episodeLine(row: SquadRow, { squad, locale, date }: Words): string {
  const { episode } = row;
  if (episode === null) return row.groupName ?? "";
  if (episode.openedOn === date) return squad("state.newToday");
  const day = civil(episode.openedOn, "short", locale);
  if (episode.escalatedToday) return squad("state.escalated", { day });
  return squad("state.continuing", { n: episode.day, day });
}
