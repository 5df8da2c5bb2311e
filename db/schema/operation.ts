import { sql } from "drizzle-orm";
import {
  bigint,
  bigserial,
  boolean,
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
import { LOOKERS, LOOKS } from "../../lib/access-log";
import { ENGINES } from "../../lib/events";
import { RATE_WINDOWS } from "../../lib/wearables/connection";
import { POLAR } from "../../lib/wearables/provider";
import { teams } from "./team";

/** Events written in the same transaction as the fact they tell of; a relay hands them to the job engine. Ids only. */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    name: text("name").notNull(),
    data: jsonb("data").$type<Record<string, string>>().notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull().defaultNow(),
    relayedAt: timestamp("relayed_at", { withTimezone: true }),
  },
  (t) => [index("outbox_waiting").on(t.id).where(sql`relayed_at is null`)],
);

export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    provider: text("provider").notNull().default(POLAR),
    sha256: text("sha256").notNull(),
    event: text("event").notNull(),
    polarUserId: bigint("polar_user_id", { mode: "number" }),
    accountId: text("account_id"),
    body: text("body").notNull(),
    known: boolean("known").notNull(),
    receivedAt: timestamp("received_at", { withTimezone: true }).notNull(),
  },
  (t) => [uniqueIndex("webhook_deliveries_body").on(t.provider, t.sha256)],
);

/** The webhook at each provider; Polar allows one per client. */
export const webhooks = pgTable(
  "webhooks",
  {
    provider: text("provider").notNull().default(POLAR),
    /** The provider's own. */
    id: text("id").notNull(),
    url: text("url").notNull(),
    events: text("events").array().notNull(),
    secretSealed: text("secret_sealed").notNull(),
    active: boolean("active").notNull(),
    lastDeliveryAt: timestamp("last_delivery_at", { withTimezone: true }),
    checkedAt: timestamp("checked_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.id] })],
);

/** A provider's quota windows as its headers last told, shared by every process. */
export const rateBudgets = pgTable(
  "rate_budgets",
  {
    provider: text("provider").notNull().default(POLAR),
    window: text("window", { enum: RATE_WINDOWS }).notNull(),
    used: integer("used").notNull(),
    limit: integer("limit").notNull(),
    resetsAt: timestamp("resets_at", { withTimezone: true }).notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.window] })],
);

/** Who looked at an athlete's data, or changed what the athlete relies on, when and how; written in the same transaction as the look. */
export const accessLog = pgTable(
  "access_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    athleteId: uuid("athlete_id").notNull(),
    actorKind: text("actor_kind", { enum: LOOKERS }).notNull(),
    actorUserId: uuid("actor_user_id"),
    what: text("what", { enum: LOOKS }).notNull(),
    lookedAt: timestamp("looked_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("access_log_athlete").on(t.athleteId, t.lookedAt)],
);

/** What people and jobs changed; no health values. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    teamId: uuid("team_id")
      .notNull()
      .references(() => teams.id, { onDelete: "cascade" }),
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    subjectId: text("subject_id").notNull(),
    detail: jsonb("detail").$type<Record<string, string>>().notNull(),
    happenedAt: timestamp("happened_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("audit_log_team").on(t.teamId, t.happenedAt)],
);

/** A job that gave up: what the operator has to look at. */
export const jobFailures = pgTable("job_failures", {
  id: uuid("id").primaryKey().defaultRandom(),
  functionId: text("function_id").notNull(),
  subjectId: text("subject_id"),
  error: text("error").notNull(),
  failedAt: timestamp("failed_at", { withTimezone: true }).notNull(),
  resolvedAt: timestamp("resolved_at", { withTimezone: true }),
});

/** When each engine last ran a job: by this a worker that stands still is told from one that has nothing to do. */
export const jobBeats = pgTable("job_beats", {
  engine: text("engine", { enum: ENGINES }).primaryKey(),
  beatAt: timestamp("beat_at", { withTimezone: true }).notNull(),
});

/** Work done once per squad, civil day and purpose, whatever the clock or the cron does. */
export const dailyRuns = pgTable("daily_runs", {
  key: text("key").primaryKey(),
  ranAt: timestamp("ran_at", { withTimezone: true }).notNull(),
});

/**
 * Work that was asked for and is not done: one row for each event and subject, written with the event and removed by
 * whoever did the work. A sweep asks again for what stays. Ids only.
 */
export const owed = pgTable(
  "owed",
  {
    event: text("event").notNull(),
    /** The athlete, squad, mail or back-test it is about; `installation` where it is about none of them. */
    subject: text("subject").notNull(),
    data: jsonb("data").$type<Record<string, string>>().notNull(),
    /** Since when it is owed; later requests for the same subject do not move it. */
    owedSince: timestamp("owed_since", { withTimezone: true }).notNull().defaultNow(),
    askedAt: timestamp("asked_at", { withTimezone: true }).notNull(),
    /** Since when somebody works on it; null while it waits. */
    begunAt: timestamp("begun_at", { withTimezone: true }),
    /** How often a sweep has asked again. */
    timesAgain: integer("times_again").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.event, t.subject] })],
);

/** When the installation's own recurring work last ended: what is due goes by this, not by the clock alone. */
export const upkeep = pgTable("upkeep", {
  task: text("task").primaryKey(),
  endedAt: timestamp("ended_at", { withTimezone: true }).notNull(),
});

/** Spans in which the jobs ran without a gap: what tells a quiet morning from a machine that was off. */
export const awakeSpans = pgTable("awake_spans", {
  id: bigserial("id", { mode: "number" }).primaryKey(),
  awakeFrom: timestamp("awake_from", { withTimezone: true }).notNull(),
  awakeUntil: timestamp("awake_until", { withTimezone: true }).notNull(),
});
