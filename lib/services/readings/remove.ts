import { z } from "zod";
import { deleteReading } from "@/db/queries/readings";
import { inTransaction } from "@/db/transaction";
import { UPLOADED_ORIGINS } from "@/lib/hrv/readings";
import { isCivilDate } from "@/lib/time/civil-date";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { oneOf, parseInput } from "../access/parse-input";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";
import { requireWriter } from "./require-reader";

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
