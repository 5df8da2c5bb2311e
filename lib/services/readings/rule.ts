import { z } from "zod";
import {
  findReadingRule,
  listSharingAthletes,
  type ReadingRuleRow,
  upsertReadingRule,
} from "@/db/queries/readings";
import { findSquad } from "@/db/queries/squads";
import { inTransaction } from "@/db/transaction";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { requireCoach } from "../access/require-coach";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";

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
  const { teamId } = requireCoach(of.ctx, "coach");
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
