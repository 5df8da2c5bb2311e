import { and, asc, desc, eq, gte, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { civilDate, numbersOrNull, rowsOf } from "@/db/rows";
import { morningReadings, readingRules } from "@/db/schema/reading";
import { athletes } from "@/db/schema/squad";

type Owner = { teamId: string; athleteId: string };

type MorningReadingRow = typeof morningReadings.$inferSelect;

export type NewMorningReading = Omit<typeof morningReadings.$inferInsert, keyof Owner>;

const ROWS_PER_STATEMENT = 500;

/** Stores readings; another upload of the same day and origin takes the place of the earlier one. @returns rows that really changed */
export async function upsertReadings(
  db: Db,
  owner: Owner,
  readings: readonly NewMorningReading[],
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < readings.length; from += ROWS_PER_STATEMENT) {
    const rows = await db
      .insert(morningReadings)
      .values(readings.slice(from, from + ROWS_PER_STATEMENT).map((reading) => ({ ...reading, ...owner })))
      .onConflictDoUpdate({
        target: [morningReadings.athleteId, morningReadings.date, morningReadings.origin],
        set: {
          rmssdMs: sql`excluded.rmssd_ms`,
          sdnnMs: sql`excluded.sdnn_ms`,
          heartRateBpm: sql`excluded.heart_rate_bpm`,
          acceptedShare: sql`excluded.accepted_share`,
          quality: sql`excluded.quality`,
          workoutId: sql`excluded.workout_id`,
          rrHash: sql`excluded.rr_hash`,
          body: sql`excluded.body`,
          createdAt: sql`excluded.created_at`,
        },
        setWhere: sql`(${morningReadings.rmssdMs}, ${morningReadings.sdnnMs}, ${morningReadings.heartRateBpm},
          ${morningReadings.quality}, ${morningReadings.workoutId}, ${morningReadings.rrHash},
          ${morningReadings.body}) is distinct from (excluded.rmssd_ms, excluded.sdnn_ms, excluded.heart_rate_bpm,
          excluded.quality, excluded.workout_id, excluded.rr_hash, excluded.body)`,
      })
      .returning({ date: morningReadings.date });
    changed += rows.length;
  }
  return changed;
}

/** An athlete's stored readings from a day on, oldest first, without what was uploaded. */
export async function listReadings(
  db: Db,
  input: Owner & { from: string },
): Promise<Omit<MorningReadingRow, "body" | "rrHash" | keyof Owner>[]> {
  return db
    .select({
      date: morningReadings.date,
      origin: morningReadings.origin,
      rmssdMs: morningReadings.rmssdMs,
      sdnnMs: morningReadings.sdnnMs,
      heartRateBpm: morningReadings.heartRateBpm,
      acceptedShare: morningReadings.acceptedShare,
      quality: morningReadings.quality,
      workoutId: morningReadings.workoutId,
      createdAt: morningReadings.createdAt,
    })
    .from(morningReadings)
    .where(
      and(
        eq(morningReadings.athleteId, input.athleteId),
        eq(morningReadings.teamId, input.teamId),
        gte(morningReadings.date, input.from),
      ),
    )
    .orderBy(asc(morningReadings.date), desc(morningReadings.origin));
}

/** Takes one reading away. @returns whether there was one */
export async function deleteReading(
  db: Db,
  input: Owner & Pick<MorningReadingRow, "date" | "origin">,
): Promise<boolean> {
  const rows = await db
    .delete(morningReadings)
    .where(
      and(
        eq(morningReadings.athleteId, input.athleteId),
        eq(morningReadings.teamId, input.teamId),
        eq(morningReadings.date, input.date),
        eq(morningReadings.origin, input.origin),
      ),
    )
    .returning({ date: morningReadings.date });
  return rows.length > 0;
}

export type ReadingRuleRow = Pick<typeof readingRules.$inferSelect, "sports" | "shortestS" | "longestS">;

type SquadKey = { teamId: string; squadId: string };

/** The squad's own rule of what counts as a morning recording; undefined where none was set. */
export async function findReadingRule(db: Db, input: SquadKey): Promise<ReadingRuleRow | undefined> {
  const [row] = await db
    .select({
      sports: readingRules.sports,
      shortestS: readingRules.shortestS,
      longestS: readingRules.longestS,
    })
    .from(readingRules)
    .where(and(eq(readingRules.squadId, input.squadId), eq(readingRules.teamId, input.teamId)));
  return row;
}

/** Sets the squad's rule. */
export async function upsertReadingRule(
  db: Db,
  input: SquadKey & ReadingRuleRow & { changedAt: Date },
): Promise<void> {
  const { squadId, ...rest } = input;
  await db
    .insert(readingRules)
    .values({ squadId, ...rest })
    .onConflictDoUpdate({ target: readingRules.squadId, set: rest });
}

const rrRecording = z.object({
  workoutId: z.string(),
  date: civilDate,
  /** Of the intervals and the version of their reduction. */
  rrHash: z.string(),
  /** Null when the stored reading of that day was reduced from just these. */
  rrMs: numbersOrNull.nullable(),
});

export type RrRecording = z.output<typeof rrRecording>;

type RecordingInput = {
  teamId: string;
  athleteId: string;
  sports: readonly string[];
  shortestS: number;
  longestS: number;
  /** Local wall-clock time before which a recording has to begin, `HH:MM`. */
  before: string;
  reductionVersion: string;
};

/** The first short RR recording of each morning, by sport and duration; intervals only of those that are new or changed. */
export async function listRecordings(db: Db, input: RecordingInput): Promise<RrRecording[]> {
  return rowsOf(db, "listRecordings", rrRecording)`
    select distinct on (w.date) w.id as "workoutId", w.date::text as date, h.hash as "rrHash",
      case when r.workout_id = w.id and r.rr_hash = h.hash then null else s.values end as "rrMs"
    from workouts w
    join workout_samples s on s.workout_id = w.id and s.kind = 'rr'
    cross join lateral (select md5(${input.reductionVersion}::text || s.values::text) as hash) h
    left join morning_readings r on r.athlete_id = w.athlete_id and r.date = w.date and r.origin = 'rr-session'
    where w.team_id = ${input.teamId} and w.athlete_id = ${input.athleteId}
      and w.sport in (select json_array_elements_text(${JSON.stringify(input.sports)}::json))
      and w.duration_ms between ${input.shortestS * 1000}::bigint and ${input.longestS * 1000}::bigint
      and to_char((w.start_at at time zone 'UTC') + w.utc_offset_minutes * interval '1 minute', 'HH24:MI') < ${input.before}
    order by w.date, w.start_at`;
}

/** Athletes of a squad who share, for reading their recordings again under a new rule. */
export async function listSharingAthletes(
  db: Db,
  input: { teamId: string; squadId: string },
): Promise<string[]> {
  const rows = await db
    .select({ id: athletes.id })
    .from(athletes)
    .where(
      and(eq(athletes.teamId, input.teamId), eq(athletes.squadId, input.squadId), isNull(athletes.stoppedAt)),
    );
  return rows.map(({ id }) => id);
}

/** Takes away readings from sessions that are no morning recordings under the rule any more. @returns how many */
export async function deleteOtherSessionReadings(
  db: Db,
  input: { teamId: string; athleteId: string; keptDates: readonly string[] },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from morning_readings
    where team_id = ${input.teamId} and athlete_id = ${input.athleteId} and origin = 'rr-session'
      and date not in (select value::date from json_array_elements_text(${JSON.stringify(input.keptDates)}::json))
    returning date`);
  return rows.length;
}

/** Uploaded RR files that another version of the reduction has read, as they were uploaded. */
export async function listOutdatedFiles(
  db: Db,
  input: { teamId: string; athleteId: string; reductionVersion: string },
): Promise<{ date: string; body: string }[]> {
  const rows = await db
    .select({ date: morningReadings.date, body: morningReadings.body })
    .from(morningReadings)
    .where(
      and(
        eq(morningReadings.teamId, input.teamId),
        eq(morningReadings.athleteId, input.athleteId),
        eq(morningReadings.origin, "rr-file"),
        sql`${morningReadings.rrHash} is distinct from ${input.reductionVersion}`,
      ),
    );
  return rows.flatMap(({ date, body }) => (body === null ? [] : [{ date, body }]));
}

/** Says that this version has seen a file it could not read anew: its reading stays as it was. */
export async function keepOutdatedFile(
  db: Db,
  input: { teamId: string; athleteId: string; date: string; reductionVersion: string },
): Promise<void> {
  await db
    .update(morningReadings)
    .set({ rrHash: input.reductionVersion })
    .where(
      and(
        eq(morningReadings.teamId, input.teamId),
        eq(morningReadings.athleteId, input.athleteId),
        eq(morningReadings.origin, "rr-file"),
        eq(morningReadings.date, input.date),
      ),
    );
}
