import { pgTable, primaryKey, smallint, text, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { owned } from "./owned";

/**
 * What an athlete's nights and sleeps come from, numbered per athlete in the order in which they first sent something:
 * the numbers say which one counts on a day (`scored_nights`).
 */
export const sources = pgTable(
  "sources",
  {
    ...owned,
    id: smallint("id").notNull(),
    provider: text("provider").notNull(),
    maker: text("maker").notNull(),
    /** Empty where the provider does not tell devices apart. */
    device: text("device").notNull(),
    firstSeenAt: timestamp("first_seen_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.athleteId, t.id] }),
    uniqueIndex("sources_recorder").on(t.athleteId, t.provider, t.maker, t.device),
  ],
);
