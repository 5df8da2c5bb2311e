import { z } from "zod";
import { findSquad, type SquadChanges, updateSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import { OFFERED_RISE_PERCENT } from "@/lib/readiness/constants";
import { LOAD_KINDS } from "@/lib/readiness/load/kind";
import { BASELINE_METHODS, PRESETS } from "@/lib/readiness/types";
import { isTimeZone } from "@/lib/time/zone";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { oneOf, parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

const changesInput = z.object({
  squadId: z.uuid(),
  name: z.string().trim().min(1).max(80).optional(),
  timeZone: z.string().refine(isTimeZone).optional(),
  preset: oneOf(PRESETS).optional(),
  mailTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .optional(),
  nightsSharePercent: z.number().int().min(10).max(100).optional(),
  latestMinutes: z.number().int().min(15).max(180).optional(),
  athletesSeeLevel: z.boolean().optional(),
  baselineDays: z.number().int().min(60).max(90).optional(),
  loadKind: oneOf(LOAD_KINDS).optional(),
  baselineMethod: oneOf(BASELINE_METHODS).optional(),
  loadRisePercent: z
    .number()
    .pipe(z.literal([...OFFERED_RISE_PERCENT]))
    .optional(),
  drift: z.boolean().optional(),
});

/**
 * Changes a squad's name or settings; what scoring depends on has every day scored again. Coaches and owners.
 * @throws AppError `bad-input` with the field, `not-found`, `forbidden`, `not-signed-in`
 */
export async function changeSquad(of: { ctx: Context; input: z.input<typeof changesInput> }): Promise<void> {
  const { teamId } = requireCoach(of.ctx, "coach");
  const { squadId, ...given } = parseInput(changesInput, of.input);
  await inTransaction(of.ctx, async (ctx) => {
    const squad = await findSquad(ctx.db, { teamId, squadId });
    if (!squad) throw new AppError("not-found", "This squad is not there.");
    const areRulesNew =
      (given.loadRisePercent ?? squad.loadRisePercent) !== squad.loadRisePercent ||
      (given.drift ?? squad.drift) !== squad.drift;
    const changes: SquadChanges = { ...given, ...(areRulesNew ? { rulesSince: ctx.now } : {}) };
    if ((await updateSquad(ctx.db, { teamId, squadId, changes })) === 0)
      throw new AppError("not-found", "This squad is not there.");
    const detail = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
    await recordAudit(ctx, { teamId, action: "squad/changed", subjectId: squadId, detail });
    const rescored =
      areRulesNew ||
      given.preset ||
      given.timeZone ||
      given.baselineDays ||
      given.baselineMethod ||
      given.loadKind;
    if (rescored) await recordEvents(ctx, [{ name: "squad/settings.changed", data: { squadId } }]);
  });
}
