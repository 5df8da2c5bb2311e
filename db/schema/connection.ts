import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import {
  CONNECTION_STATUSES,
  DELIVERIES,
  ITEM_STATES,
  TRANSACTION_STATES,
  UNFINISHED_STATES,
} from "../../lib/wearables/connection";
import { POLAR } from "../../lib/wearables/provider";
import { wordList } from "../words";
import { owned } from "./owned";
import { athletes } from "./squad";

export const connections = pgTable(
  "connections",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...owned,
    provider: text("provider").notNull().default(POLAR),
    /** The account: Polar's number of it, or what another provider calls it. */
    polarUserId: bigint("polar_user_id", { mode: "number" }),
    accountId: text("account_id"),
    /** What Polar knows this registration by; random, so that it says nothing about the athlete. */
    memberId: text("member_id").notNull(),
    accessTokenSealed: text("access_token_sealed"),
    tokenExpiresAt: timestamp("token_expires_at", { withTimezone: true }),
    status: text("status", { enum: CONNECTION_STATUSES }).notNull(),
    statusReason: text("status_reason"),
    connectedAt: timestamp("connected_at", { withTimezone: true }).notNull(),
    backfilledAt: timestamp("backfilled_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("connections_polar_user").on(t.polarUserId).where(sql`status <> 'revoked'`),
    uniqueIndex("connections_account").on(t.provider, t.accountId).where(sql`status <> 'revoked'`),
    uniqueIndex("connections_athlete").on(t.athleteId).where(sql`status <> 'revoked'`),
  ],
);

/**
 * Tokens that nobody here needs and Polar still honours, as after signing in without sharing: access is ended there,
 * asked again until it is. Nobody's data: whoever deleted everything may stand here until Polar answers.
 */
export const owedDeregistrations = pgTable(
  "owed_deregistrations",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    provider: text("provider").notNull().default(POLAR),
    polarUserId: bigint("polar_user_id", { mode: "number" }),
    accountId: text("account_id"),
    accessTokenSealed: text("access_token_sealed").notNull(),
    attempts: integer("attempts").notNull().default(0),
    owedAt: timestamp("owed_at", { withTimezone: true }).notNull(),
    nextTryAt: timestamp("next_try_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("owed_deregistrations_next").on(t.nextTryAt)],
);

/** One row per athlete and stream of a provider: each stream fails, waits and recovers on its own. */
export const streamStates = pgTable(
  "stream_states",
  {
    ...owned,
    provider: text("provider").notNull().default(POLAR),
    stream: text("stream").notNull(),
    foundCount: integer("found_count").notNull().default(0),
    readCount: integer("read_count").notNull().default(0),
    /** Items from before the first day shared: read over, and not kept. */
    leftCount: integer("left_count").notNull().default(0),
    cursorDate: date("cursor_date"),
    lastAttemptAt: timestamp("last_attempt_at", { withTimezone: true }),
    lastSuccessAt: timestamp("last_success_at", { withTimezone: true }),
    nextDueAt: timestamp("next_due_at", { withTimezone: true }),
    failures: integer("failures").notNull().default(0),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
    backfilledAt: timestamp("backfilled_at", { withTimezone: true }),
    /** When Polar last told of news, by webhook or notice. */
    newsAt: timestamp("news_at", { withTimezone: true }),
    /** How often in a row Polar opened no transaction although there was news. */
    newsWithheld: integer("news_withheld").notNull().default(0),
    /** Polar answered that this transaction family is gone; the plain collection stands in for it. */
    retiredAt: timestamp("retired_at", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.provider, t.stream] })],
);

/** Only the holder of an athlete's lease may talk to Polar for that athlete. */
export const syncLeases = pgTable("sync_leases", {
  athleteId: uuid("athlete_id")
    .primaryKey()
    .references(() => athletes.id, { onDelete: "cascade" }),
  holder: uuid("holder").notNull(),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  /** A request that came while the lease was held; the holder asks once more at its end. */
  requestedAgainAt: timestamp("requested_again_at", { withTimezone: true }),
  /** Facts that readiness looks at have changed under this lease; scoring is told once, when the lease is given back. */
  scoringDue: boolean("scoring_due").notNull().default(false),
});

/** The ledger: every AccessLink transaction, and every sync window of the streams that have none at Polar. */
export const transactions = pgTable(
  "transactions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...owned,
    connectionId: uuid("connection_id")
      .notNull()
      .references(() => connections.id, { onDelete: "cascade" }),
    provider: text("provider").notNull().default(POLAR),
    stream: text("stream").notNull(),
    delivery: text("delivery", { enum: DELIVERIES }).notNull(),
    providerTransactionId: bigint("provider_transaction_id", { mode: "number" }),
    resourceUri: text("resource_uri"),
    windowFrom: date("window_from"),
    windowTo: date("window_to"),
    state: text("state", { enum: TRANSACTION_STATES }).notNull(),
    offeredCount: integer("offered_count").notNull().default(0),
    storedCount: integer("stored_count").notNull().default(0),
    quarantinedCount: integer("quarantined_count").notNull().default(0),
    attempts: integer("attempts").notNull().default(1),
    error: text("error"),
    openedAt: timestamp("opened_at", { withTimezone: true }).notNull(),
    storedAt: timestamp("stored_at", { withTimezone: true }),
    committedAt: timestamp("committed_at", { withTimezone: true }),
    abandonedAt: timestamp("abandoned_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("transactions_one_unfinished")
      .on(t.athleteId, t.provider, t.stream)
      .where(sql`state in ${wordList(UNFINISHED_STATES)}`),
    index("transactions_athlete").on(t.athleteId, t.stream, t.openedAt),
  ],
);

/** What a transaction offered, item by item: an item that never loads is seen, not guessed at. */
export const transactionItems = pgTable(
  "transaction_items",
  {
    transactionId: uuid("transaction_id")
      .notNull()
      .references(() => transactions.id, { onDelete: "cascade" }),
    ...owned,
    /** Absolute address as Polar gave it. */
    uri: text("uri").notNull(),
    /** `declined`: from before the day the athlete shares from; read, but not kept. */
    state: text("state", { enum: ITEM_STATES }).notNull(),
    attempts: integer("attempts").notNull().default(0),
    error: text("error"),
  },
  (t) => [primaryKey({ columns: [t.transactionId, t.uri] })],
);
