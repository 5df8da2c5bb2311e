import { z } from "zod";
import type { UrlState } from "@/components/squad/url-state";
import { LEVELS } from "@/lib/readiness/types";
import { SORT_KEYS } from "@/lib/services/squads/view";
import { isCivilDate } from "@/lib/time/civil-date";

const one = z.union([z.string(), z.array(z.string()).transform((values) => values[0] ?? "")]).optional();
const many = z
  .union([z.string().transform((value) => [value]), z.array(z.string())])
  .optional()
  .transform((values) => values ?? []);

const query = z.object({
  date: one.transform((value) => (isCivilDate(value) ? value : null)),
  level: many.transform((values) => LEVELS.filter((level) => values.includes(level))),
  group: one.transform((value) => value || null),
  find: one.transform((value) => value?.trim() ?? ""),
  unseen: one.transform((value) => value === "1"),
  sort: one.transform((value) => SORT_KEYS.find((key) => key === value) ?? "attention"),
});

export type SearchParams = Record<string, string | string[] | undefined>;

/** Reads a squad page's address; what it does not understand counts as absent. */
export function squadQuery(params: SearchParams): UrlState {
  const { date, level, group, find, unseen, sort } = query.parse(params);
  return { date, levels: level, group, find, unseenOnly: unseen, sort };
}
