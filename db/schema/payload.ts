import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { POLAR } from "../../lib/wearables/provider";
import { transactions } from "./connection";
import { owned } from "./owned";

/** Append-only: what a provider answered, byte for byte. Everything else can be rebuilt from here. */
export const rawPayloads = pgTable(
  "raw_payloads",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...owned,
    transactionId: uuid("transaction_id").references(() => transactions.id, { onDelete: "set null" }),
    provider: text("provider").notNull().default(POLAR),
    stream: text("stream").notNull(),
    /** What the body is, e.g. `exercise`, `night`; chooses the parser of the provider. */
    resource: text("resource").notNull(),
    /** The provider's own key of the item inside its stream: an id or a civil date. */
    providerKey: text("provider_key").notNull(),
    body: text("body").notNull(),
    sha256: text("sha256").notNull(),
    /** Counts the different contents of one key, so that a value that returns to an earlier one is kept too. */
    revision: integer("revision").notNull(),
    fetchedAt: timestamp("fetched_at", { withTimezone: true }).notNull(),
    parserVersion: integer("parser_version"),
    /** How many values the parser made of it: 0 is a payload that was set aside whole. */
    valueCount: integer("value_count"),
    parsedAt: timestamp("parsed_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("raw_payloads_revision").on(t.athleteId, t.provider, t.resource, t.providerKey, t.revision),
    index("raw_payloads_unparsed").on(t.athleteId).where(sql`parsed_at is null`),
    index("raw_payloads_aside").on(t.athleteId, t.stream).where(sql`value_count = 0`),
    index("raw_payloads_transaction").on(t.transactionId),
    index("raw_payloads_stream").on(t.athleteId, t.stream, t.fetchedAt),
  ],
);

/** A field, sample or item that did not parse: where, why, and since which parser. */
export const quarantinedFields = pgTable(
  "quarantined_fields",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...owned,
    rawPayloadId: uuid("raw_payload_id")
      .notNull()
      .references(() => rawPayloads.id, { onDelete: "cascade" }),
    path: text("path").notNull(),
    reason: text("reason").notNull(),
    parserVersion: integer("parser_version").notNull(),
    quarantinedAt: timestamp("quarantined_at", { withTimezone: true }).notNull(),
  },
  (t) => [uniqueIndex("quarantined_fields_path").on(t.rawPayloadId, t.path)],
);
