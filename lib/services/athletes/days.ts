import { z } from "zod";
import { insertNote, removeDayDecision, saveDayDecision } from "@/db/queries/athlete-days";
import { findAthleteInSquad } from "@/db/queries/athletes";
import { inTransaction } from "@/db/transaction";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { DAY_DECISIONS } from "@/lib/readiness/types";
import { recordAudit } from "@/lib/services/access/audit";
import { parseInput, requireCan } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import { isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";

const decisionInput = z.object({
  athleteId: z.uuid(),
  date: z.string().refine(isCivilDate),
  kind: z.enum(DAY_DECISIONS),
  /** Why a day stays out of the baseline; null takes the decision back. */
  tag: z.string().trim().min(1).max(40).nullable(),
});

/**
 * Decides about one day: a suspect reading confirmed, a day kept out of the baseline under a tag, its label of travel
 * taken back, or the present level accepted as usual from that day on. Reversible with `tag: null`, logged, and scored again at once. Coaches and owners.
 * @throws AppError `bad-input`, `not-found`, `forbidden`, `not-signed-in`
 */
export async function decideDay(of: { ctx: Context; input: z.input<typeof decisionInput> }): Promise<void> {
  const { teamId, userId } = requireCan(of.ctx, "days.annotate");
  const { athleteId, date, kind, tag } = parseInput(decisionInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    if (kind === "new-usual" && tag !== null) await requirePast(ctx, { teamId, athleteId, date });
    const key = { teamId, athleteId, date, kind };
    const done =
      tag === null
        ? await removeDayDecision(ctx.db, key)
        : await saveDayDecision(ctx.db, { ...key, tag, decidedBy: userId, decidedAt: ctx.now });
    if (!done) throw new AppError("not-found", "There is nothing to change on this day.");
    const detail = { date, kind, decision: tag ?? "taken back" };
    await recordAudit(ctx, { teamId, action: "athlete/day-decided", subjectId: athleteId, detail });
    await recordEvents(ctx, [{ name: "athlete/day.changed", data: { athleteId } }]);
  });
}

/** A level is accepted from today on or from an earlier day: what comes is not known yet. */
async function requirePast(ctx: Context, of: { teamId: string; athleteId: string; date: string }) {
  const athlete = await findAthleteInSquad(ctx.db, of);
  if (!athlete || athlete.stoppedAt) throw new AppError("not-found", "This athlete is not there.");
  if (of.date > civilDateIn(ctx.now, athlete.timeZone))
    throw new AppError("bad-input", "Choose today or an earlier day.", { field: "date" });
}

const noteInput = z.object({
  athleteId: z.uuid(),
  date: z.string().refine(isCivilDate),
  text: z.string().trim().min(1).max(1000),
});

/** Writes a coach's note on a day of an athlete. Coaches and owners. @throws AppError `bad-input`, `not-found`, `forbidden` */
export async function writeNote(of: { ctx: Context; input: z.input<typeof noteInput> }): Promise<void> {
  const { teamId, userId } = requireCan(of.ctx, "days.annotate");
  const { athleteId, date, text } = parseInput(noteInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    const written = await insertNote(ctx.db, { teamId, athleteId, date, text, userId, writtenAt: ctx.now });
    if (!written) throw new AppError("not-found", "This athlete is not there.");
    await recordAudit(ctx, { teamId, action: "athlete/noted", subjectId: athleteId, detail: { date } });
  });
}
