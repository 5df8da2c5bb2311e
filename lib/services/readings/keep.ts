import { z } from "zod";
import { findAthleteInSquad } from "@/db/queries/athletes";
import {
  deleteReading,
  findReadingRule,
  listSharingAthletes,
  type NewMorningReading,
  type ReadingRuleRow,
  upsertReadingRule,
  upsertReadings,
} from "@/db/queries/readings";
import { findSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { UPLOADED_ORIGINS } from "@/lib/hrv/readings";
import { recordAudit } from "@/lib/services/access/audit";
import { oneOf, parseInput, requireCan, requireId } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { isCivilDate } from "@/lib/time/civil-date";

type Found = NonNullable<Awaited<ReturnType<typeof findAthleteInSquad>>>;

/**
 * The athlete whose readings are meant, for a coach of the team (not a viewer) or the athlete alone; of those who stopped
 * sharing nothing. @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function requireWriter(ctx: Context, athleteId: string): Promise<Found & { teamId: string }> {
  requireCan(ctx, "readings.write");
  if (ctx.actor.kind === "athlete" && ctx.actor.athleteId !== athleteId)
    throw new AppError("not-found", "This athlete is not there.");
  return sharing(ctx, athleteId);
}

/** The same for looking, which viewers may too. @throws AppError `not-found`, `not-signed-in` */
export async function requireReader(
  ctx: Context,
  athleteId: string,
): Promise<Found & { teamId: string; userId: string }> {
  const { userId } = requireCan(ctx, "athletes.view");
  return { ...(await sharing(ctx, athleteId)), userId };
}

async function sharing(ctx: Context, athleteId: string): Promise<Found & { teamId: string }> {
  const { teamId } = ctx;
  if (teamId === null) throw new AppError("not-signed-in", "Sign in to see this.");
  const found = await findAthleteInSquad(ctx.db, { teamId, athleteId: requireId(athleteId) });
  if (!found || found.stoppedAt) throw new AppError("not-found", "This athlete is not there.");
  return { ...found, teamId };
}

type StoreInput = {
  teamId: string;
  athleteId: string;
  action: string;
  readings: readonly NewMorningReading[];
};

/** Stores readings with their audit row and event, in the caller's transaction. @returns how many are new or changed */
export async function storeReadings(ctx: Context, of: StoreInput): Promise<number> {
  const { teamId, athleteId, action } = of;
  const changed = await upsertReadings(ctx.db, { teamId, athleteId }, of.readings);
  if (changed === 0) return 0;
  await recordAudit(ctx, { teamId, action, subjectId: athleteId, detail: { readings: String(changed) } });
  // A job that reads recordings goes on to score the athlete by itself.
  if (ctx.actor.kind !== "job")
    await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  return changed;
}

/** Which sessions count as lying morning recordings. */
export type ReadingRule = ReadingRuleRow;

/** Sports a watch offers for lying still, and the two to six minutes such a recording takes. */
export const DEFAULT_RULE: ReadingRule = {
  sports: ["other-indoor", "body-and-mind", "stretching", "mobility-static", "yoga"],
  shortestS: 120,
  longestS: 360,
};

/** The rule that holds for a squad: its own, or the default. */
export async function ruleOf(ctx: Context, squad: { teamId: string; squadId: string }): Promise<ReadingRule> {
  return (await findReadingRule(ctx.db, squad)) ?? DEFAULT_RULE;
}

/** Longer ones are not reduced (`lib/hrv`). */
const LONGEST_RECORDING_S = 1200;

const ruleInput = z
  .object({
    squadId: z.uuid(),
    sports: z
      .array(z.string().regex(/^[a-z0-9-]{2,60}$/))
      .min(1)
      .max(20),
    shortestS: z.number().int().min(60).max(LONGEST_RECORDING_S),
    longestS: z.number().int().min(60).max(LONGEST_RECORDING_S),
  })
  .refine(({ shortestS, longestS }) => shortestS < longestS, { path: ["longestS"] });

/**
 * Changes which sessions of a squad count as morning recordings; the athletes' recordings are read again in the
 * background. Coaches and owners. @throws AppError `bad-input`, `not-found`, `forbidden`
 */
export async function changeRule(of: { ctx: Context; input: z.input<typeof ruleInput> }): Promise<void> {
  const { teamId } = requireCan(of.ctx, "squads.change");
  const { squadId, ...rule } = parseInput(ruleInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    if (!(await findSquad(ctx.db, { teamId, squadId })))
      throw new AppError("not-found", "This squad is not there.");
    await upsertReadingRule(ctx.db, { teamId, squadId, ...rule, changedAt: ctx.now });
    await recordAudit(ctx, { teamId, action: "squad/reading-rule-changed", subjectId: squadId });
    const athleteIds = await listSharingAthletes(ctx.db, { teamId, squadId });
    await recordEvents(
      ctx,
      athleteIds.map((athleteId) => ({ name: "athlete/day.changed" as const, data: { athleteId } })),
    );
  });
}

const removeInput = z.object({
  athleteId: z.string(),
  date: z.string().refine(isCivilDate),
  origin: oneOf(UPLOADED_ORIGINS),
});

/**
 * Takes an uploaded reading away; those from synced recordings follow the squad's rule instead. Coaches, and athletes
 * for themselves. @throws AppError `bad-input`, `not-found`, `forbidden`
 */
export async function removeReading(of: { ctx: Context; input: z.input<typeof removeInput> }): Promise<void> {
  requireCan(of.ctx, "readings.write");
  const { athleteId, date, origin } = parseInput(removeInput, of.input);
  const { teamId } = await requireWriter(of.ctx, athleteId);
  await inTransaction(of.ctx, async (ctx) => {
    if (!(await deleteReading(ctx.db, { teamId, athleteId, date, origin })))
      throw new AppError("not-found", "This reading is not there any more.");
    const detail = { date, origin };
    await recordAudit(ctx, { teamId, action: "athlete/reading-removed", subjectId: athleteId, detail });
    await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  });
}
