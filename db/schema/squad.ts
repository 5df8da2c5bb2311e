import { sql } from "drizzle-orm";
import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { HISTORY_CHOICES } from "../../lib/consent";
import { LOAD_KINDS } from "../../lib/readiness/load/kind";
import { BASELINE_METHODS, PRESETS } from "../../lib/readiness/types";
import { users } from "./auth";
import { teams } from "./team";

export const squads = pgTable(
  "squads",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    timeZone: text("time_zone").notNull(),
    preset: text("preset", { enum: PRESETS }).notNull().default("brief"),
    baselineDays: integer("baseline_days").notNull().default(60),
    /** How mean and spread of the baseline are taken (docs/method/baseline.md). */
    baselineMethod: text("baseline_method", { enum: BASELINE_METHODS }).notNull().default("mean-sd"),
    /** Percent by which a week of load must exceed the one before to count as rising (docs/method/rules.md, R6). */
    loadRisePercent: integer("load_rise_percent").notNull().default(5),
    /** Whether HRV that settled lower is unexplained (docs/method/rules.md, R7). */
    drift: boolean("drift").notNull().default(true),
    /** Since when the margin and the drift rule are as they are; the days before were scored again by them. */
    rulesSince: timestamp("rules_since", { withTimezone: true }).notNull().defaultNow(),
    /** Which load a day is scored on (lib/readiness/load/kind.ts); one kind for the whole history. */
    loadKind: text("load_kind", { enum: LOAD_KINDS }).notNull().default("cardio-load"),
    /** Local wall-clock time of the readiness mail, `HH:MM`. */
    mailTime: text("mail_time").notNull().default("07:00"),
    /** Share of the expected nights that the morning waits for, in percent. */
    nightsSharePercent: integer("nights_share_percent").notNull().default(80),
    /** Minutes after the mail time at which it waits no longer. */
    latestMinutes: integer("latest_minutes").notNull().default(45),
    /** Optional streams asked for beside the default ones (lib/providers/polar/streams.ts). */
    optionalStreams: text("optional_streams").array().notNull().default(sql`'{}'`),
    athletesSeeLevel: boolean("athletes_see_level").notNull().default(true),
    archivedAt: timestamp("archived_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index("squads_team").on(t.teamId)],
);

export const athletes = pgTable(
  "athletes",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    squadId: uuid("squad_id")
      .notNull()
      .references(() => squads.id),
    name: text("name").notNull(),
    email: text("email"),
    groupName: text("group_name"),
    /** Language of the mails: the invitation's, then the one the athlete reads the pages in. */
    locale: text("locale").notNull().default("en"),
    /** Since when the athlete keeps new data back; nothing is fetched until it is null again. */
    pausedAt: timestamp("paused_at", { withTimezone: true }),
    /** Set when the athlete stops sharing; the row and its data go 30 days later, or at once if asked. */
    stoppedAt: timestamp("stopped_at", { withTimezone: true }),
    deleteAfter: timestamp("delete_after", { withTimezone: true }),
    /** Another address that a coach proposes; it takes effect when the athlete agrees. */
    proposedEmail: text("proposed_email"),
    proposedEmailBy: uuid("proposed_email_by").references(() => users.id, { onDelete: "set null" }),
    proposedEmailAt: timestamp("proposed_email_at", { withTimezone: true }),
    /** When a link mailed to the athlete first opened the own page: from then on it has an owner, whatever is connected. */
    pageClaimedAt: timestamp("page_claimed_at", { withTimezone: true }),
    /** Sessions of the own page that began before this moment have ended. */
    sessionsFrom: timestamp("sessions_from", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [index("athletes_squad").on(t.squadId), index("athletes_team").on(t.teamId)],
);

export const invitations = pgTable(
  "invitations",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    athleteId: uuid("athlete_id")
      .notNull()
      .references(() => athletes.id, { onDelete: "cascade" }),
    invitedBy: uuid("invited_by").references(() => users.id, { onDelete: "set null" }),
    tokenHash: text("token_hash").notNull(),
    email: text("email"),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    /** When a browser first showed it. */
    openedAt: timestamp("opened_at", { withTimezone: true }),
    usedAt: timestamp("used_at", { withTimezone: true }),
    declinedAt: timestamp("declined_at", { withTimezone: true }),
    withdrawnAt: timestamp("withdrawn_at", { withTimezone: true }),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [uniqueIndex("invitations_token").on(t.tokenHash), index("invitations_athlete").on(t.athleteId)],
);

/** What an athlete agreed to, word for word. */
export const consents = pgTable(
  "consents",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    athleteId: uuid("athlete_id")
      .notNull()
      .references(() => athletes.id, { onDelete: "cascade" }),
    textVersion: text("text_version").notNull(),
    text: text("text").notNull(),
    locale: text("locale").notNull(),
    streams: text("streams").array().notNull(),
    /** Streams the squad asked for later and the athlete refused: not asked for again. */
    refusedStreams: text("refused_streams").array().notNull().default(sql`'{}'`),
    history: text("history", { enum: HISTORY_CHOICES }).notNull(),
    /** The first civil day shared of each stream; null in consents recorded before it was written down. */
    sharesFrom: jsonb("shares_from").$type<Record<string, string>>(),
    /** Whether the text says that the athlete sees their own level: no setting takes that back. */
    levelPromised: boolean("level_promised").notNull().default(true),
    acceptedAt: timestamp("accepted_at", { withTimezone: true }).notNull(),
    withdrawnAt: timestamp("withdrawn_at", { withTimezone: true }),
  },
  (t) => [index("consents_athlete").on(t.athleteId)],
);
