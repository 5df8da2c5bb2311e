import {
  countReadingDays,
  listSourceChoices,
  type ReadingCounts,
  type SourceChoice,
} from "@/db/queries/sources";
import { BASELINE_DAYS, BASELINE_NIGHTS } from "@/lib/readiness/constants";
import type { HrvSource } from "@/lib/readiness/types";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import type { Context } from "../../context";
import { proposedSource, sourceOn } from "./propose";

export type SourceView = {
  current: HrvSource;
  /** The day from which it counts; null since the beginning. */
  since: CivilDate | null;
  /** A choice whose day has not come. */
  coming: SourceChoice | null;
  /** Days of the last 60, today left out, with a valid reading. */
  counts: ReadingCounts;
  /** What makes a baseline firm. */
  needed: number;
  proposed: HrvSource | null;
  /** The latest day first. */
  choices: SourceChoice[];
};

/** Which series an athlete is scored on and how both stand. Called by verbs that checked their caller. */
export async function viewSource(
  ctx: Context,
  of: { teamId: string; athleteId: string; today: CivilDate },
): Promise<SourceView> {
  const { today, ...athlete } = of;
  const choices = await listSourceChoices(ctx.db, athlete);
  const span = { from: addDays(today, -BASELINE_DAYS.default), to: addDays(today, -1) };
  const counts = await countReadingDays(ctx.db, { ...athlete, ...span });
  return {
    current: sourceOn(choices, today),
    since: choices.find(({ fromDay }) => fromDay <= today)?.fromDay ?? null,
    coming: choices.findLast(({ fromDay }) => fromDay > today) ?? null,
    counts,
    needed: BASELINE_NIGHTS.firm,
    proposed: proposedSource({ today, choices, counts }),
    choices,
  };
}
