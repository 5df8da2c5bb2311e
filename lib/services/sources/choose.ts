import { z } from "zod";
import { findAthleteInSquad } from "@/db/queries/athletes";
import { saveSourceChoice } from "@/db/queries/sources";
import { inTransaction } from "@/db/transaction";
import { HRV_SOURCES } from "@/lib/readiness/types";
import { isCivilDate } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { oneOf, parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

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
  const { teamId, userId } = requireCoach(of.ctx, "coach");
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
