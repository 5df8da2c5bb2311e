import {
  date,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { FrozenNews } from "../../lib/alerts/frozen";
import { users } from "./auth";
import { squads } from "./squad";
import { teams } from "./team";

/** Every mail we owe or sent. Claimed before it is sent; the sealed body goes once it left, or a week after it failed. */
export const mails = pgTable(
  "mails",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    teamId: uuid("team_id").references(() => teams.id, { onDelete: "cascade" }),
    squadId: uuid("squad_id").references(() => squads.id, { onDelete: "cascade" }),
    athleteId: uuid("athlete_id"),
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    kind: text("kind", {
      enum: ["sign-in", "morning", "invitation", "reconnect", "athlete-page", "coach-invitation"],
    }).notNull(),
    /** One mail per business fact, e.g. `morning/<squad>/<date>/<user>`. */
    key: text("key").notNull(),
    toEmail: text("to_email").notNull(),
    subject: text("subject").notNull(),
    bodySealed: text("body_sealed"),
    state: text("state", { enum: ["queued", "claimed", "sent", "failed", "unknown"] }).notNull(),
    messageId: text("message_id").notNull(),
    newsDate: date("news_date"),
    /** Levels as they were when mailed; a later recomputation is shown beside it, never instead. */
    frozen: jsonb("frozen").$type<FrozenNews>(),
    error: text("error"),
    queuedAt: timestamp("queued_at", { withTimezone: true }).notNull(),
    claimedAt: timestamp("claimed_at", { withTimezone: true }),
    sentAt: timestamp("sent_at", { withTimezone: true }),
  },
  (t) => [uniqueIndex("mails_key").on(t.key), index("mails_squad").on(t.squadId, t.newsDate)],
);

/** Coaches who asked for no more readiness mails of a squad, by the link in the mail. */
export const mailStops = pgTable(
  "mail_stops",
  {
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    squadId: uuid("squad_id")
      .notNull()
      .references(() => squads.id, { onDelete: "cascade" }),
    stoppedAt: timestamp("stopped_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.squadId] })],
);
