import { randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { rawPayloads } from "../../schema/payload";
import { rowsFromJson } from "../rows-from-json";

export type NewPayload = Omit<
  typeof rawPayloads.$inferInsert,
  "revision" | "id" | "parserVersion" | "parsedAt"
>;

const BATCH = 200;

async function latestRevisions(db: Db, input: { athleteId: string; resource: string; keys: string[] }) {
  const rows = await db
    .selectDistinctOn([rawPayloads.providerKey], {
      providerKey: rawPayloads.providerKey,
      revision: rawPayloads.revision,
      sha256: rawPayloads.sha256,
    })
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, input.athleteId),
        eq(rawPayloads.resource, input.resource),
        sql`${rawPayloads.providerKey} = any(${sql.param(input.keys)}::text[])`,
      ),
    )
    .orderBy(rawPayloads.providerKey, desc(rawPayloads.revision));
  return new Map(rows.map((row) => [row.providerKey, row]));
}

/**
 * Appends payloads of one athlete and resource whose content differs from the latest of their key.
 * @returns how many were new
 */
export async function insertPayloads(
  db: Db,
  input: { athleteId: string; resource: string; payloads: readonly NewPayload[] },
): Promise<number> {
  if (input.payloads.length === 0) return 0;
  const keys = [...new Set(input.payloads.map((payload) => payload.providerKey))];
  const latest = await latestRevisions(db, { ...input, keys });
  const rows: (typeof rawPayloads.$inferInsert)[] = [];
  for (const payload of input.payloads) {
    const known = latest.get(payload.providerKey);
    if (known?.sha256 === payload.sha256) continue;
    const row = { id: randomUUID(), ...payload, revision: (known?.revision ?? 0) + 1 };
    latest.set(payload.providerKey, row);
    rows.push(row);
  }
  for (let at = 0; at < rows.length; at += BATCH)
    await db.execute(
      sql`insert into ${rawPayloads} ${rowsFromJson(rawPayloads, rows.slice(at, at + BATCH))}`,
    );
  return rows.length;
}
