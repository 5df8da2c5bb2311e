import { z } from "zod";
import { many, one } from "@/app/search";
import { sortKeyOf } from "@/components/squad/order";
import type { UrlState } from "@/components/squad/url-state";
import { LEVELS } from "@/lib/readiness/types";
import { isCivilDate } from "@/lib/time/civil-date";

const morningSearch = z
  .object({
    date: one.transform((value) => (isCivilDate(value) ? value : null)),
    level: many.transform((values) => LEVELS.filter((level) => values.includes(level))),
    group: one.transform((value) => value || null),
    find: one.transform((value) => value?.trim() ?? ""),
    unseen: one.transform((value) => value === "1"),
    sort: one.transform(sortKeyOf),
  })
  .transform(({ level, unseen, ...rest }): UrlState => ({ ...rest, levels: level, unseenOnly: unseen }));

/** What the address of the morning says. By itself: what it can be sorted by comes with the whole table of columns. */
export const readMorningSearch = (search: unknown) => morningSearch.parse(search);
