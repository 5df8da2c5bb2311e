import { desc, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { awakeSpans } from "../../schema/operation";

/** `until` is the last sign of life so far. */
export type AwakeSpan = { id: number; from: Date; until: Date };

const columns = { id: awakeSpans.id, from: awakeSpans.awakeFrom, until: awakeSpans.awakeUntil };

/** The latest spans in which jobs ran, newest first. */
export async function listAwakeSpans(db: Db, input: { limit: number }): Promise<AwakeSpan[]> {
  return db.select(columns).from(awakeSpans).orderBy(desc(awakeSpans.id)).limit(input.limit);
}

/** Prolongs a span up to a sign of life. */
export async function prolongAwakeSpan(db: Db, input: { id: number; until: Date }): Promise<void> {
  await db.update(awakeSpans).set({ awakeUntil: input.until }).where(eq(awakeSpans.id, input.id));
}

/** Begins a span. */
export async function insertAwakeSpan(db: Db, input: { at: Date }): Promise<AwakeSpan> {
  const [row] = await db
    .insert(awakeSpans)
    .values({ awakeFrom: input.at, awakeUntil: input.at })
    .returning(columns);
  return row!;
}
