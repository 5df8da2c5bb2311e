import { z } from "zod";
import { forgetVerdict, saveVerdict } from "@/db/queries/episodes";
import { inTransaction } from "@/db/transaction";
import { CAUSES, type Cause, VERDICTS, type Verdict } from "@/lib/alerts/causes";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { recordAudit } from "@/lib/services/access/audit";
import { oneOf, parseInput, requireCan } from "@/lib/services/access/require";
import { isCivilDate } from "@/lib/time/civil-date";

const verdictInput = z.object({
  athleteId: z.uuid(),
  openedOn: z.string().refine(isCivilDate),
  verdict: oneOf(VERDICTS).nullable(),
  /** Kept with a known cause only. */
  cause: oneOf([...CAUSES, ""]).optional(),
});

/**
 * Says what a coach makes of an episode; the last word counts, null takes it back. Coaches and owners.
 * @param input.openedOn the day the episode opened on
 * @throws AppError `bad-input`, `not-found`, `forbidden`, `not-signed-in`
 */
export async function sayVerdict(of: { ctx: Context; input: z.input<typeof verdictInput> }): Promise<void> {
  const { teamId, userId } = requireCan(of.ctx, "episodes.judge");
  const { athleteId, openedOn, verdict, cause } = parseInput(verdictInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    const key = { teamId, athleteId, openedOn };
    const saved =
      verdict === null
        ? await forgetVerdict(ctx.db, key)
        : await saveVerdict(ctx.db, {
            ...key,
            verdict,
            cause: causeOf(verdict, cause),
            userId,
            saidAt: ctx.now,
          });
    if (!saved) throw new AppError("not-found", "This athlete is not there.");
    const detail = { openedOn, verdict: verdict ?? "taken back" };
    await recordAudit(ctx, { teamId, action: "episode/judged", subjectId: athleteId, detail });
  });
}

function causeOf(verdict: Verdict, cause: Cause | "" | undefined): Cause | null {
  return verdict === "known-cause" && cause ? cause : null;
}
