import { and, asc, desc, eq, getTableColumns, gt, inArray, ne, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { columnOf } from "@/db/rows";
import { transactionItems, transactions } from "@/db/schema/connection";
import { UNFINISHED_STATES } from "@/lib/wearables/connection";

export type LedgerRow = typeof transactions.$inferSelect;

export type LedgerItem = typeof transactionItems.$inferSelect;

/** The one transaction or window of a stream that is neither committed nor abandoned. */
export async function findUnfinished(
  db: Db,
  input: { athleteId: string; stream: string },
): Promise<LedgerRow | undefined> {
  const [row] = await db
    .select()
    .from(transactions)
    .where(
      and(
        eq(transactions.athleteId, input.athleteId),
        eq(transactions.stream, input.stream),
        inArray(transactions.state, UNFINISHED_STATES),
      ),
    );
  return row;
}

export async function insertLedgerRow(db: Db, row: typeof transactions.$inferInsert): Promise<LedgerRow> {
  const [inserted] = await db.insert(transactions).values(row).returning();
  return inserted as LedgerRow;
}

export async function updateLedgerRow(
  db: Db,
  input: { id: string; set: Partial<typeof transactions.$inferInsert> },
): Promise<void> {
  await db.update(transactions).set(input.set).where(eq(transactions.id, input.id));
}

/** Ends what a connection has unfinished; it can never be read or committed any more. */
export async function abandonUnfinished(
  db: Db,
  input: { connectionId: string; at: Date; error: string },
): Promise<void> {
  await db
    .update(transactions)
    .set({ state: "abandoned", abandonedAt: input.at, error: input.error })
    .where(
      and(eq(transactions.connectionId, input.connectionId), inArray(transactions.state, UNFINISHED_STATES)),
    );
}

/** Counts one more try of an unfinished row and notes why the last one ended. */
export async function countAttempt(db: Db, input: { id: string; error: string | null }): Promise<void> {
  await db
    .update(transactions)
    .set({ attempts: sql`${transactions.attempts} + 1`, error: input.error })
    .where(eq(transactions.id, input.id));
}

export async function addStored(db: Db, input: { id: string; stored: number }): Promise<void> {
  await db
    .update(transactions)
    .set({ storedCount: sql`${transactions.storedCount} + ${input.stored}` })
    .where(eq(transactions.id, input.id));
}

/** Notes what a transaction offers; addresses known already stay as they are. Returns how many are new. */
export async function insertItems(
  db: Db,
  input: { transactionId: string; teamId: string; athleteId: string; uris: readonly string[] },
): Promise<number> {
  if (input.uris.length === 0) return 0;
  const { transactionId, teamId, athleteId } = input;
  const rows = input.uris.map((uri) => ({
    transactionId,
    teamId,
    athleteId,
    uri,
    state: "offered" as const,
  }));
  const inserted = await db
    .insert(transactionItems)
    .values(rows)
    .onConflictDoNothing()
    .returning({ uri: transactionItems.uri });
  return inserted.length;
}

export async function listItems(db: Db, transactionId: string): Promise<LedgerItem[]> {
  return db.select().from(transactionItems).where(eq(transactionItems.transactionId, transactionId));
}

export async function settleItems(
  db: Db,
  input: { transactionId: string; uris: readonly string[]; state: LedgerItem["state"] },
): Promise<void> {
  if (input.uris.length === 0) return;
  await db
    .update(transactionItems)
    .set({ state: input.state, error: null })
    .where(
      and(
        eq(transactionItems.transactionId, input.transactionId),
        sql`${transactionItems.uri} = any(${sql.param([...input.uris])}::text[])`,
      ),
    );
}

/** Notes that an item did not load. */
export async function failItem(
  db: Db,
  input: { transactionId: string; uri: string; error: string },
): Promise<void> {
  await db
    .update(transactionItems)
    .set({ attempts: sql`${transactionItems.attempts} + 1`, error: input.error })
    .where(and(eq(transactionItems.transactionId, input.transactionId), eq(transactionItems.uri, input.uri)));
}

/** The latest transactions of a stream, newest first. */
export async function listLatest(
  db: Db,
  input: { athleteId: string; stream: string; limit: number },
): Promise<LedgerRow[]> {
  return db
    .select()
    .from(transactions)
    .where(and(eq(transactions.athleteId, input.athleteId), eq(transactions.stream, input.stream)))
    .orderBy(desc(transactions.openedAt))
    .limit(input.limit);
}

/** What earlier transactions of the same stream offered since a moment: Polar offers the items of a lapsed one again. */
export async function listOfferedBefore(
  db: Db,
  input: { row: LedgerRow; since: Date },
): Promise<Pick<LedgerItem, "uri" | "state">[]> {
  const { row, since } = input;
  return db
    .select({ uri: transactionItems.uri, state: transactionItems.state })
    .from(transactionItems)
    .innerJoin(transactions, eq(transactions.id, transactionItems.transactionId))
    .where(
      and(
        eq(transactions.athleteId, row.athleteId),
        eq(transactions.connectionId, row.connectionId),
        eq(transactions.stream, row.stream),
        ne(transactions.id, row.id),
        gt(transactions.openedAt, since),
      ),
    );
}

/** The items of an athlete's open transactions that did not load. */
export async function listStuckItems(
  db: Db,
  input: { teamId: string; athleteId: string },
): Promise<LedgerItem[]> {
  return db
    .select(getTableColumns(transactionItems))
    .from(transactionItems)
    .innerJoin(transactions, eq(transactions.id, transactionItems.transactionId))
    .where(
      and(
        eq(transactionItems.athleteId, input.athleteId),
        eq(transactionItems.teamId, input.teamId),
        eq(transactions.state, "open"),
        eq(transactionItems.state, "offered"),
        gt(transactionItems.attempts, 0),
      ),
    )
    .orderBy(asc(transactionItems.uri));
}

/** The ledger of one athlete, or of one of the streams, newest first, with the items that never loaded and the payloads that could not be read. */
export async function listLedger(
  db: Db,
  input: { teamId: string; athleteId: string; stream?: string | undefined; limit: number },
) {
  const stuck = columnOf("listLedger.stuckItems", z.int())`(select count(*)::int from ${transactionItems}
    where ${transactionItems.transactionId} = ${transactions.id} and ${transactionItems.state} = 'offered'
    and ${transactionItems.attempts} > 0)`;
  const aside = columnOf(
    "listLedger.aside",
    z.int(),
  )`(select count(*)::int from raw_payloads p where p.athlete_id = transactions.athlete_id
    and p.stream = transactions.stream and p.value_count = 0 and p.transaction_id = transactions.id)`;
  return db
    .select({ transaction: transactions, stuckItems: stuck, aside })
    .from(transactions)
    .where(
      and(
        eq(transactions.athleteId, input.athleteId),
        eq(transactions.teamId, input.teamId),
        input.stream === undefined ? undefined : eq(transactions.stream, input.stream),
      ),
    )
    .orderBy(desc(transactions.openedAt))
    .limit(input.limit);
}

/** A ledger row of a team. */
export async function findLedgerRow(
  db: Db,
  input: { teamId: string; id: string },
): Promise<LedgerRow | undefined> {
  const [row] = await db
    .select()
    .from(transactions)
    .where(and(eq(transactions.id, input.id), eq(transactions.teamId, input.teamId)));
  return row;
}
