import { index, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { ROLES } from "../../lib/context";
import { users } from "./auth";

export const teams = pgTable("teams", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

/** Who may see a team's athletes, and as what: `owner` runs the installation, `coach` runs squads, `viewer` only reads. */
export const memberships = pgTable(
  "memberships",
  {
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: ROLES }).notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.userId] }), index("memberships_user").on(t.userId)],
);

/** One-time links: the first owner's, a coach's invitation to the team, an athlete's way back to the own page, and the old address's word on a new one. Only hashes are kept. */
export const oneTimeLinks = pgTable("one_time_links", {
  tokenHash: text("token_hash").primaryKey(),
  purpose: text("purpose", {
    enum: ["owner-claim", "coach-invitation", "athlete-page", "address-change"],
  }).notNull(),
  teamId: uuid("team_id").references(() => teams.id, { onDelete: "cascade" }),
  email: text("email"),
  role: text("role", { enum: ROLES }),
  athleteId: uuid("athlete_id"),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  usedAt: timestamp("used_at", { withTimezone: true }),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});
