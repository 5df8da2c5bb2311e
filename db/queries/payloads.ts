import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { quarantinedFields, rawPayloads } from "@/db/schema/payload";
import { athletes } from "@/db/schema/squad";
import { dailyLoads, nights, sleeps } from "@/db/schema/wearable";
import type { MORNING_STREAMS } from "@/lib/providers/polar/streams";
import { rowsFromJson } from "./upsert";

type NewPayload = Omit<typeof rawPayloads.$inferInsert, "revision" | "id" | "parserVersion" | "parsedAt">;

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

export type PayloadRow = {
  id: string;
  stream: string;
  resource: string;
  body: string;
  fetchedAt: Date;
};

const columns = {
  id: rawPayloads.id,
  stream: rawPayloads.stream,
  resource: rawPayloads.resource,
  body: rawPayloads.body,
  fetchedAt: rawPayloads.fetchedAt,
};

const inOrder = [asc(rawPayloads.fetchedAt), asc(rawPayloads.revision), asc(rawPayloads.id)];

/** The next payloads of an athlete that no parser has read, in the order they came: at least one, if there is any. */
export async function listUnparsed(
  db: Db,
  input: { athleteId: string; limit: number; characters: number },
): Promise<PayloadRow[]> {
  const unread = and(eq(rawPayloads.athleteId, input.athleteId), isNull(rawPayloads.parsedAt));
  const order = sql.join(inOrder, sql`, `);
  const page = sql`(
    select id from (
      select id, sum(octet_length(body)) over (order by ${order} rows unbounded preceding) - octet_length(body) as before
      from ${rawPayloads} where ${unread} order by ${order} limit ${input.limit}
    ) as page where before < ${input.characters})`;
  return db
    .select(columns)
    .from(rawPayloads)
    .where(inArray(rawPayloads.id, page))
    .orderBy(...inOrder);
}

/** One page of an athlete's stored payloads in the order they came. */
export async function listPayloads(
  db: Db,
  input: { athleteId: string; streams: readonly string[]; since: Date | null; limit: number; offset: number },
): Promise<PayloadRow[]> {
  return db
    .select(columns)
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, input.athleteId),
        inArray(rawPayloads.stream, [...input.streams]),
        input.since === null ? undefined : gte(rawPayloads.fetchedAt, input.since),
      ),
    )
    .orderBy(...inOrder)
    .limit(input.limit)
    .offset(input.offset);
}

/** The stored sleeps of some dates in the order they came, but for those at hand. Keys begin with the date. */
export async function listSleepPayloads(
  db: Db,
  input: { athleteId: string; dates: readonly string[]; exceptIds: readonly string[] },
): Promise<PayloadRow[]> {
  return db
    .select(columns)
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, input.athleteId),
        eq(rawPayloads.resource, "sleep"),
        sql`left(${rawPayloads.providerKey}, 10) = any(${sql.param([...input.dates])}::text[])`,
        sql`${rawPayloads.id} <> all(${sql.param([...input.exceptIds])}::uuid[])`,
      ),
    )
    .orderBy(...inOrder);
}

/** The newest payload of each of some items of an athlete, by the provider's own keys. */
export async function listLastPayloads(
  db: Db,
  input: { athleteId: string; resource: string; providerKeys: readonly string[] },
): Promise<PayloadRow[]> {
  return db
    .selectDistinctOn([rawPayloads.providerKey], columns)
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, input.athleteId),
        eq(rawPayloads.resource, input.resource),
        inArray(rawPayloads.providerKey, [...input.providerKeys]),
      ),
    )
    .orderBy(rawPayloads.providerKey, desc(rawPayloads.revision));
}

/** Athletes who have stored payloads, with their team; one of them, if named. */
export async function listAthletesWithPayloads(
  db: Db,
  input: { athleteId?: string },
): Promise<{ athleteId: string; teamId: string }[]> {
  return db
    .selectDistinct({ athleteId: rawPayloads.athleteId, teamId: rawPayloads.teamId })
    .from(rawPayloads)
    .where(input.athleteId ? eq(rawPayloads.athleteId, input.athleteId) : undefined)
    .orderBy(sql`1`);
}

/** Which of Polar's keys of a resource are stored already. */
export async function listStoredKeys(
  db: Db,
  input: { athleteId: string; resource: string; keys: readonly string[] },
): Promise<Set<string>> {
  if (input.keys.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ key: rawPayloads.providerKey })
    .from(rawPayloads)
    .where(
      and(
        eq(rawPayloads.athleteId, input.athleteId),
        eq(rawPayloads.resource, input.resource),
        sql`${rawPayloads.providerKey} = any(${sql.param([...input.keys])}::text[])`,
      ),
    );
  return new Set(rows.map((row) => row.key));
}

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

/** A raw payload of a team with the athlete it belongs to. */
export async function findPayload(db: Db, input: { teamId: string; payloadId: string }) {
  const [row] = await db
    .select({
      id: rawPayloads.id,
      athleteId: rawPayloads.athleteId,
      athleteName: athletes.name,
      stoppedAt: athletes.stoppedAt,
      stream: rawPayloads.stream,
      resource: rawPayloads.resource,
      providerKey: rawPayloads.providerKey,
      body: rawPayloads.body,
      sha256: rawPayloads.sha256,
      fetchedAt: rawPayloads.fetchedAt,
      parserVersion: rawPayloads.parserVersion,
    })
    .from(rawPayloads)
    .innerJoin(athletes, eq(athletes.id, rawPayloads.athleteId))
    .where(and(eq(rawPayloads.id, input.payloadId), eq(rawPayloads.teamId, input.teamId)));
  return row;
}

export type DayPayload = { stream: (typeof MORNING_STREAMS)[number]; payloadId: string };

/** The raw payloads behind a day's night, sleep and load. */
export async function listDayPayloads(
  db: Db,
  input: { teamId: string; athleteId: string; date: string },
): Promise<DayPayload[]> {
  const of = (table: typeof nights | typeof sleeps | typeof dailyLoads) =>
    db
      .select({ payloadId: table.payloadId })
      .from(table)
      .where(
        and(eq(table.teamId, input.teamId), eq(table.athleteId, input.athleteId), eq(table.date, input.date)),
      );
  const [night, sleep, load] = [await of(nights), await of(sleeps), await of(dailyLoads)];
  return [
    { stream: "nightly-recharge", payloadId: night[0]?.payloadId },
    { stream: "sleep", payloadId: sleep[0]?.payloadId },
    { stream: "cardio-load", payloadId: load[0]?.payloadId },
  ].filter((entry): entry is DayPayload => Boolean(entry.payloadId));
}

/** What could not be understood of one payload. */
export async function listPayloadFields(db: Db, payloadId: string) {
  return db
    .select({ path: quarantinedFields.path, reason: quarantinedFields.reason })
    .from(quarantinedFields)
    .where(eq(quarantinedFields.rawPayloadId, payloadId))
    .orderBy(asc(quarantinedFields.path));
}
