import { recordLooks } from "@/db/queries/log";
import { listReadings } from "@/db/queries/readings";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { requireOwn } from "@/lib/services/access/require";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { type ReadingRule, requireReader, ruleOf } from "./keep";

export type ReadingEntry = Awaited<ReturnType<typeof listReadings>>[number];

/** Stored readings, and how far they are from a baseline. */
type StoredReadings = {
  today: CivilDate;
  /** Stored readings of the last year, the latest first. */
  entries: ReadingEntry[];
  /** Mornings of the 60 days before today with a usable reading, and how many make a baseline firm. */
  standing: { mornings: number; of: number; needed: number };
};

export type ReadingsView = StoredReadings & {
  athlete: { id: string; name: string };
  squad: { id: string; name: string; timeZone: string };
  rule: ReadingRule;
};

const BASELINE_DAYS = 60;

const FIRM_MORNINGS = 30;

const SHOWN_DAYS = 365;

/**
 * An athlete's morning readings with the squad's rule for recordings. The look is written to the access log in the same
 * transaction. Everybody on the team. @throws AppError `not-found`, `not-signed-in`
 */
export async function viewReadings(of: {
  ctx: Context;
  input: { athleteId: string };
}): Promise<ReadingsView> {
  return inTransaction(of.ctx, async (ctx) => {
    const { teamId, userId, ...athlete } = await requireReader(ctx, of.input.athleteId);
    const look = { teamId, userId, what: "athlete-page", lookedAt: ctx.now } as const;
    await recordLooks(ctx.db, { ...look, athleteIds: [athlete.id] });
    return {
      ...(await storedReadings(ctx, { teamId, athleteId: athlete.id, timeZone: athlete.timeZone })),
      athlete: { id: athlete.id, name: athlete.name },
      squad: { id: athlete.squadId, name: athlete.squadName, timeZone: athlete.timeZone },
      rule: await ruleOf(ctx, { teamId, squadId: athlete.squadId }),
    };
  });
}

/**
 * An athlete's own morning readings. Athletes only. @throws AppError `not-signed-in`, `forbidden` after stopping
 */
export async function viewOwnReadings(of: { ctx: Context }): Promise<StoredReadings & { athleteId: string }> {
  const { athlete, squad, who } = await requireOwn(of.ctx, "own-page.view");
  if (athlete.stoppedAt) throw new AppError("forbidden", "You have stopped sharing.");
  const { timeZone } = squad;
  return { athleteId: who.athleteId, ...(await storedReadings(of.ctx, { ...who, timeZone })) };
}

async function storedReadings(
  ctx: Context,
  of: { teamId: string; athleteId: string; timeZone: string },
): Promise<StoredReadings> {
  const { timeZone, ...own } = of;
  const today = civilDateIn(ctx.now, timeZone);
  const entries = await listReadings(ctx.db, { ...own, from: addDays(today, -SHOWN_DAYS) });
  const mornings = morningsBetween(entries, { from: addDays(today, -BASELINE_DAYS), before: today });
  return {
    today,
    entries: entries.toReversed(),
    standing: { mornings, of: BASELINE_DAYS, needed: FIRM_MORNINGS },
  };
}

/** As a baseline counts them: today's is judged against it and not in it. */
function morningsBetween(
  entries: readonly ReadingEntry[],
  { from, before }: { from: CivilDate; before: CivilDate },
): number {
  const usable = entries.filter(
    ({ date, quality }) => date >= from && date < before && quality !== "rejected",
  );
  return new Set(usable.map((entry) => entry.date)).size;
}
