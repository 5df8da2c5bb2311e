import { and, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { readingRules } from "../../schema/reading";

export type ReadingRuleRow = Pick<typeof readingRules.$inferSelect, "sports" | "shortestS" | "longestS">;
type SquadKey = { teamId: string; squadId: string };

/** The squad's own rule of what counts as a morning recording; undefined where none was set. */
export async function findReadingRule(db: Db, input: SquadKey): Promise<ReadingRuleRow | undefined> {
  const [row] = await db
    .select({
      sports: readingRules.sports,
      shortestS: readingRules.shortestS,
      longestS: readingRules.longestS,
    })
    .from(readingRules)
    .where(and(eq(readingRules.squadId, input.squadId), eq(readingRules.teamId, input.teamId)));
  return row;
}

/** Sets the squad's rule. */
export async function upsertReadingRule(
  db: Db,
  input: SquadKey & ReadingRuleRow & { changedAt: Date },
): Promise<void> {
  const { squadId, ...rest } = input;
  await db
    .insert(readingRules)
    .values({ squadId, ...rest })
    .onConflictDoUpdate({ target: readingRules.squadId, set: rest });
}
