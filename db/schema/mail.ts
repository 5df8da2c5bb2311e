import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { FrozenNews } from "../../lib/alerts/frozen";
import { MAIL_KINDS, MAIL_STATES } from "../../lib/email/kinds";
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
    kind: text("kind", { enum: MAIL_KINDS }).notNull(),
    /** One mail per business fact, e.g. `morning/<squad>/<date>/<user>`. */
    key: text("key").notNull(),
    toEmail: text("to_email").notNull(),
    subject: text("subject").notNull(),
    bodySealed: text("body_sealed"),
    state: text("state", { enum: MAIL_STATES }).notNull(),
    messageId: text("message_id").notNull(),
    newsDate: date("news_date"),
    /** Levels as they were when mailed; a later recomputation is shown beside it, never instead. */
    frozen: jsonb("frozen").$type<FrozenNews>(),
    error: text("error"),
    /** A mail of the morning helps no more after it. */
    expiresAt: timestamp("expires_at", { withTimezone: true }),
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

/** Coaches who want a squad's morning mail alone, and none later on the day. */
export const laterMailStops = pgTable(
  "later_mail_stops",
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

/** How a squad's morning ended, one row a civil day: claimed before its mails are written. */
export const squadMornings = pgTable(
  "squad_mornings",
  {
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    squadId: uuid("squad_id")
      .notNull()
      .references(() => squads.id, { onDelete: "cascade" }),
    date: date("date").notNull(),
    state: text("state", { enum: ["decided", "missed"] }).notNull(),
    settledAt: timestamp("settled_at", { withTimezone: true }).notNull(),
    /** Of the nights that were expected; null where nobody counted. */
    nightsIn: integer("nights_in"),
    nightsExpected: integer("nights_expected"),
    /** When the jobs did not run, where that kept the morning back. */
    downFrom: timestamp("down_from", { withTimezone: true }),
    downUntil: timestamp("down_until", { withTimezone: true }),
    /** Since when there is news that came after the mail and waits for more of its kind. */
    newsSince: timestamp("news_since", { withTimezone: true }),
    /** Days that were scored until then have been looked at for later news. */
    lookedAt: timestamp("looked_at", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.squadId, t.date] }), index("squad_mornings_team").on(t.teamId, t.date)],
);
