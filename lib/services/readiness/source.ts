import { z } from "zod";
import { findAthleteInSquad } from "@/db/queries/athletes";
import {
  countReadingDays,
  listSourceChoices,
  type ReadingCounts,
  type SourceChoice,
  saveSourceChoice,
} from "@/db/queries/sources";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { BASELINE_DAYS, BASELINE_NIGHTS, SETTLING_DAYS } from "@/lib/readiness/constants";
import { HRV_SOURCES, type HrvSource } from "@/lib/readiness/types";
import { recordAudit } from "@/lib/services/access/audit";
import { oneOf, parseInput, requireCan } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { addDays, type CivilDate, isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

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

const choiceInput = z.object({
  athleteId: z.uuid(),
  source: oneOf(HRV_SOURCES),
  fromDay: z.string().refine(isCivilDate),
});

/**
 * Chooses which series an athlete is scored on from a day on; choices of later days are replaced, days before keep
 * theirs. Choosing again takes it back. Logged, and scored again at once. Coaches and owners.
 * @param input.fromDay the squad's today or later
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function chooseSource(of: { ctx: Context; input: z.input<typeof choiceInput> }): Promise<void> {
  const { teamId, userId } = requireCan(of.ctx, "source.choose");
  const { athleteId, source, fromDay } = parseInput(choiceInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    const athlete = await findAthleteInSquad(ctx.db, { teamId, athleteId });
    if (!athlete || athlete.stoppedAt) throw new AppError("not-found", "This athlete is not there.");
    if (fromDay < civilDateIn(ctx.now, athlete.timeZone))
      throw new AppError("bad-input", "Choose today or a later day: past days keep their source.", {
        field: "fromDay",
      });
    await saveSourceChoice(ctx.db, {
      teamId,
      athleteId,
      source,
      fromDay,
      chosenBy: userId,
      chosenAt: ctx.now,
    });
    const detail = { source, fromDay };
    await recordAudit(ctx, { teamId, action: "athlete/source-chosen", subjectId: athleteId, detail });
    await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  });
}
