import type { Level } from "@/lib/readiness/types";
import type { SquadRow } from "./view-model";
import type { SortKey } from "./view-order";

/** What a coach narrowed the list to; all of it stands in the URL. */
export type SquadFilter = {
  levels: readonly Level[];
  group: string | null;
  find: string;
  unseenOnly: boolean;
  sort: SortKey;
};

/** The rows a filter lets through. */
export function filtered(rows: readonly SquadRow[], filter: SquadFilter): SquadRow[] {
  const wanted = plain(filter.find);
  return rows.filter(
    (row) =>
      (filter.levels.length === 0 || filter.levels.includes(row.level)) &&
      (filter.group === null || row.groupName === filter.group) &&
      (wanted === "" || plain(row.name).includes(wanted)) &&
      (!filter.unseenOnly || (row.section === "look" && row.verdict === null)),
  );
}

// "elise" finds Élise.
function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .trim()
    .toLowerCase();
}
