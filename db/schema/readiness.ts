import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { CAUSES, VERDICTS } from "../../lib/alerts/causes";
import type { StoredEvidence } from "../../lib/readiness/evidence";
import { LOAD_KINDS } from "../../lib/readiness/load/kind";
import {
  BASELINE_GRADES,
  DAY_DECISIONS,
  HRV_SOURCES,
  LEVELS,
  NO_VERDICT_REASONS,
  PRESETS,
  type RuleId,
  type Truth,
} from "../../lib/readiness/types";
import { users } from "./auth";
import { owned } from "./owned";
import { teams } from "./team";

/** One scored day of one athlete under one rule version; written only when its input hash changes. */
export const readinessDays = pgTable(
  "readiness_days",
  {
    ...owned,
    date: date("date").notNull(),
    ruleVersion: text("rule_version").notNull(),
    preset: text("preset", { enum: PRESETS }).notNull(),
    inputHash: text("input_hash").notNull(),
    level: text("level", { enum: LEVELS }).notNull(),
    levels: text("levels", { enum: LEVELS }).array().notNull(),
    reason: text("reason", { enum: NO_VERDICT_REASONS }),
    /** Which of the athlete's two series the day was scored on. */
    source: text("source", { enum: HRV_SOURCES }).notNull().default("nightly"),
    rmssdMs: doublePrecision("rmssd_ms"),
    valid: boolean("valid").notNull(),
    suspect: boolean("suspect").notNull(),
    baselineN: smallint("baseline_n").notNull(),
    baselineMean: doublePrecision("baseline_mean"),
    baselineSd: doublePrecision("baseline_sd"),
    baselineGrade: text("baseline_grade", { enum: BASELINE_GRADES }).notNull(),
    z: doublePrecision("z"),
    mean7: doublePrecision("mean7"),
    mean28: doublePrecision("mean28"),
    trendSlope: doublePrecision("trend_slope"),
    trendP: doublePrecision("trend_p"),
    loadSum7: doublePrecision("load_sum7"),
    loadPrev7: doublePrecision("load_prev7"),
    loadKnown7: smallint("load_known7").notNull(),
    loadEwma7: doublePrecision("load_ewma7"),
    loadEwma28: doublePrecision("load_ewma28"),
    /** The load of that very day, for charts; unknown is null. */
    load: doublePrecision("load"),
    loadKind: text("load_kind", { enum: LOAD_KINDS }).notNull().default("cardio-load"),
    rules: jsonb("rules").$type<Record<RuleId, Truth>>().notNull(),
    evidence: jsonb("evidence").$type<StoredEvidence>().notNull(),
    scoredAt: timestamp("scored_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.athleteId, t.date] }),
    index("readiness_days_date").on(t.date),
    // Everything that a squad's pages draw of many days: they read it without the wide rows that hold the evidence.
    index("readiness_days_drawn").on(
      t.athleteId,
      t.date,
      t.level,
      t.baselineGrade,
      t.valid,
      t.rmssdMs,
      t.mean7,
      t.z,
      t.load,
      t.reason,
      t.source,
      t.baselineSd,
    ),
  ],
);

/** Which series an athlete is scored on from a day on; days before the first choice are scored on nights. */
export const sourceChoices = pgTable(
  "source_choices",
  {
    ...owned,
    fromDay: date("from_day").notNull(),
    source: text("source", { enum: HRV_SOURCES }).notNull(),
    chosenBy: uuid("chosen_by").references(() => users.id, { onDelete: "set null" }),
    chosenAt: timestamp("chosen_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.fromDay] })],
);

/** What a coach said of an episode, keyed by the day it opened on. */
export const episodeVerdicts = pgTable(
  "episode_verdicts",
  {
    ...owned,
    openedOn: date("opened_on").notNull(),
    verdict: text("verdict", { enum: VERDICTS }).notNull(),
    cause: text("cause", { enum: CAUSES }),
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    saidAt: timestamp("said_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.openedOn] })],
);

/** Decisions about a single night: a suspect value confirmed or left out, a day kept out of the baseline, a label of travel taken back, or a level accepted as usual from that day on. Reversible. */
export const dayDecisions = pgTable(
  "day_decisions",
  {
    ...owned,
    date: date("date").notNull(),
    kind: text("kind", { enum: DAY_DECISIONS }).notNull(),
    tag: text("tag"),
    decidedBy: uuid("decided_by").references(() => users.id, { onDelete: "set null" }),
    decidedAt: timestamp("decided_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.date, t.kind] })],
);

/** Morning check-in: Hooper items 1-7, every one optional; the items are kept, not only their sum. */
export const checkIns = pgTable(
  "check_ins",
  {
    ...owned,
    date: date("date").notNull(),
    sleepQuality: smallint("sleep_quality"),
    fatigue: smallint("fatigue"),
    soreness: smallint("soreness"),
    lifeStress: smallint("life_stress"),
    tags: text("tags").array().notNull(),
    note: text("note"),
    answeredAt: timestamp("answered_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.date] })],
);

export const notes = pgTable(
  "notes",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...owned,
    date: date("date").notNull(),
    text: text("text").notNull(),
    userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
    writtenAt: timestamp("written_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("notes_athlete").on(t.athleteId, t.date)],
);

/** A squad's finished back-tests, found again by the hash of everything that went in. */
export const backtests = pgTable("backtests", {
  inputHash: text("input_hash").primaryKey(),
  teamId: uuid("team_id")
    .notNull()
    .references(() => teams.id, { onDelete: "cascade" }),
  squadId: uuid("squad_id").notNull(),
  progressPercent: integer("progress_percent").notNull(),
  result: jsonb("result").$type<Record<string, unknown>>(),
  requestedAt: timestamp("requested_at", { withTimezone: true }).notNull(),
  finishedAt: timestamp("finished_at", { withTimezone: true }),
});
