import { and, asc, desc, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "../../client";
import { rawPayloads } from "../../schema/payload";

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
