import {
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { READING_ORIGINS, READING_QUALITIES, UPLOAD_KINDS, UPLOAD_STATES } from "../../lib/hrv/readings";
import { owned } from "./owned";
import { squads } from "./squad";
import { teams } from "./team";
import { workouts } from "./wearable";

/** A morning's HRV from a short recording or an upload; never mixed with nights in one baseline. */
export const morningReadings = pgTable(
  "morning_readings",
  {
    ...owned,
    date: date("date").notNull(),
    origin: text("origin", { enum: READING_ORIGINS }).notNull(),
    rmssdMs: doublePrecision("rmssd_ms").notNull(),
    sdnnMs: doublePrecision("sdnn_ms"),
    heartRateBpm: doublePrecision("heart_rate_bpm"),
    /** Share of intervals left untouched by artefact correction; null where only the RMSSD was given. */
    acceptedShare: doublePrecision("accepted_share"),
    /** A rejected recording is kept and shown, and is no reading. */
    quality: text("quality", { enum: READING_QUALITIES }).notNull(),
    workoutId: uuid("workout_id").references(() => workouts.id, { onDelete: "set null" }),
    /** Of the intervals of a synced recording, so that only new and changed ones are reduced again; of a file, the version that read it. */
    rrHash: text("rr_hash"),
    /** What was uploaded, as it came: the line of the table or the whole RR file. */
    body: text("body"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.athleteId, t.date, t.origin] })],
);

/**
 * An upload of readings: counted against its person's hour, and, of a recording, kept until the job has read it. What
 * was uploaded goes when it was read; the row goes after two days.
 */
export const readingUploads = pgTable(
  "reading_uploads",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ...owned,
    /** The coach's or the athlete's id. */
    personId: text("person_id").notNull(),
    kind: text("kind", { enum: UPLOAD_KINDS }).notNull(),
    state: text("state", { enum: UPLOAD_STATES }).notNull(),
    /** Of a recording: its day, the file in base64, and the column a person chose. */
    date: date("date"),
    file: text("file"),
    column: integer("rr_column"),
    /** What came of it: a reading, or why there is none. */
    outcome: jsonb("outcome").$type<Record<string, unknown>>(),
    uploadedAt: timestamp("uploaded_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    index("reading_uploads_person").on(t.personId, t.uploadedAt),
    index("reading_uploads_athlete").on(t.athleteId, t.uploadedAt),
  ],
);

/** Which of a squad's sessions count as morning recordings; without a row the defaults of the service hold. */
export const readingRules = pgTable("reading_rules", {
  squadId: uuid("squad_id")
    .primaryKey()
    .references(() => squads.id, { onDelete: "cascade" }),
  teamId: uuid("team_id")
    .notNull()
    .references(() => teams.id, { onDelete: "cascade" }),
  sports: text("sports").array().notNull(),
  shortestS: integer("shortest_s").notNull(),
  longestS: integer("longest_s").notNull(),
  changedAt: timestamp("changed_at", { withTimezone: true }).notNull(),
});
