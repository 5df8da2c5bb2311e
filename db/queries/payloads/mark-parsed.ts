import { sql } from "drizzle-orm";
import type { Db } from "../../client";
import { quarantinedFields, rawPayloads } from "../../schema/payload";

type Quarantined = typeof quarantinedFields.$inferInsert;

/** Marks payloads as read by a parser and replaces what earlier parsers had to leave out of them. */
export async function markParsed(
  db: Db,
  input: {
    payloads: readonly { id: string; valueCount: number }[];
    parserVersion: number;
    parsedAt: Date;
    quarantined: readonly Quarantined[];
  },
): Promise<void> {
  const ids = input.payloads.map((payload) => payload.id);
  if (ids.length === 0) return;
  const counts = input.payloads.map((payload) => payload.valueCount);
  await db.execute(sql`
    update ${rawPayloads} set parser_version = ${input.parserVersion}, parsed_at = ${input.parsedAt.toISOString()},
      value_count = read.value_count
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(counts)}::int[]) as read (id, value_count)
    where ${rawPayloads.id} = read.id`);
  await replaceQuarantined(db, ids, input.quarantined);
}

async function replaceQuarantined(db: Db, ids: string[], rows: readonly Quarantined[]): Promise<void> {
  const paths = rows.map((row) => `${row.rawPayloadId}/${row.path}`);
  await db
    .delete(quarantinedFields)
    .where(
      sql`${quarantinedFields.rawPayloadId} = any(${sql.param(ids)}::uuid[]) and not (${quarantinedFields.rawPayloadId} || '/' || ${quarantinedFields.path} = any(${sql.param(paths)}::text[]))`,
    );
  if (rows.length === 0) return;
  await db
    .insert(quarantinedFields)
    .values([...rows])
    .onConflictDoUpdate({
      target: [quarantinedFields.rawPayloadId, quarantinedFields.path],
      set: { reason: sql`excluded.reason`, parserVersion: sql`excluded.parser_version` },
    });
}
