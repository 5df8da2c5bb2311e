import { z } from "zod";
import { insertSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import { PRESETS } from "@/lib/readiness/types";
import { isTimeZone } from "@/lib/time/zone";
import type { Context } from "../../context";
import { oneOf, parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";

const squadInput = z.object({
  name: z.string().trim().min(1).max(80),
  timeZone: z.string().refine(isTimeZone),
  preset: oneOf(PRESETS),
});

/**
 * Makes a squad. Coaches and owners.
 * @param input.timeZone IANA name; decides what "today" and the morning are for the squad
 * @throws AppError `bad-input` with the field, `forbidden`, `not-signed-in`
 */
export async function createSquad(of: {
  ctx: Context;
  input: z.input<typeof squadInput>;
}): Promise<{ squadId: string }> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const squad = parseInput(squadInput, of.input);
  return inTransaction(of.ctx, async (ctx) => {
    const squadId = await insertSquad(ctx.db, { ...squad, teamId });
    await recordAudit(ctx, { teamId, action: "squad/created", subjectId: squadId });
    return { squadId };
  });
}
