import { z } from "zod";
import { insertNote } from "@/db/queries/athlete-days";
import { inTransaction } from "@/db/transaction";
import { isCivilDate } from "@/lib/time/civil-date";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";

const noteInput = z.object({
  athleteId: z.uuid(),
  date: z.string().refine(isCivilDate),
  text: z.string().trim().min(1).max(1000),
});

/** Writes a coach's note on a day of an athlete. Coaches and owners. @throws AppError `bad-input`, `not-found`, `forbidden` */
export async function writeNote(of: { ctx: Context; input: z.input<typeof noteInput> }): Promise<void> {
  const { teamId, userId } = requireCoach(of.ctx, "coach");
  const { athleteId, date, text } = parseInput(noteInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    const written = await insertNote(ctx.db, { teamId, athleteId, date, text, userId, writtenAt: ctx.now });
    if (!written) throw new AppError("not-found", "This athlete is not there.");
    await recordAudit(ctx, { teamId, action: "athlete/noted", subjectId: athleteId, detail: { date } });
  });
}
