import type { Level } from "@/lib/readiness/types";
import type { SortKey } from "./order";

/** What a squad page's address says: the day, what is shown, and in which order. */
export type UrlState = {
  date: string | null;
  levels: readonly Level[];
  group: string | null;
  find: string;
  unseenOnly: boolean;
  sort: SortKey;
};

type Name = "date" | "level" | "group" | "find" | "unseen" | "sort";

/** Name and value pairs of the address; defaults are left out. */
export function pairsOf(state: UrlState): [Name, string][] {
  const pairs: [Name, string | null][] = [
    ["date", state.date],
    ...state.levels.map((level): [Name, string] => ["level", level]),
    ["group", state.group],
    ["find", state.find],
    ["unseen", state.unseenOnly ? "1" : null],
    ["sort", state.sort === "attention" ? null : state.sort],
  ];
  return pairs.filter((pair): pair is [Name, string] => Boolean(pair[1]));
}

/** The address of a state. */
export function hrefOf(path: string, state: UrlState): string {
  const query = new URLSearchParams(pairsOf(state));
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Keeps the rest of the address when a filter form is submitted. */
export function Hidden({ state, without }: { state: UrlState; without: readonly Name[] }) {
  return pairsOf(state)
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => <input key={`${name}-${value}`} type="hidden" name={name} value={value} />);
}
