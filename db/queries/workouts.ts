import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { checkedRows, numbersOrNull, rowsOf } from "@/db/rows";
import { morningReadings } from "@/db/schema/reading";
import { athletes, squads } from "@/db/schema/squad";
import { workoutLoads, workoutSamples, workouts } from "@/db/schema/wearable";
import { SEXES } from "@/lib/wearables/types";
import { upsertRows, upsertRowsForKeys } from "./upsert";

export type WorkoutRow = typeof workouts.$inferSelect;

/** Stored sessions that may be the same as the ones given: at the same time, or with one of Polar's ids. */
export async function listWorkoutsLike(
  db: Db,
  input: {
    athleteId: string;
    spans: readonly { startMs: number; endMs: number }[];
    itemIds: readonly number[];
    hashIds: readonly string[];
  },
): Promise<WorkoutRow[]> {
  const times = (ms: readonly number[]) =>
    sql`${sql.param(ms.map((at) => new Date(at).toISOString()))}::text[]::timestamptz[]`;
  const starts = times(input.spans.map((span) => span.startMs));
  const ends = times(input.spans.map((span) => span.endMs));
  const itemIds = sql`${sql.param(input.itemIds.map(String))}::text[]::bigint[]`;
  return db
    .select()
    .from(workouts)
    .where(
      and(
        eq(workouts.athleteId, input.athleteId),
        or(
          sql`exists (select from unnest(${starts}, ${ends}) as given (starts, ends)
            where ${workouts.startAt} = given.starts or (${workouts.startAt} < given.ends
              and ${workouts.startAt} + ${workouts.durationMs} * interval '1 ms' > given.starts))`,
          sql`${workouts.polarTransactionItemId} = any(${itemIds})`,
          sql`${workouts.earlierItemIds} && ${itemIds}`,
          inArray(workouts.polarHashId, [...input.hashIds]),
        ),
      ),
    )
    .orderBy(workouts.startAt, workouts.id);
}

/** Makes sessions part of others: series that these lack and readings go over, then the row goes. */
export async function joinWorkouts(
  db: Db,
  pairs: readonly { goneId: string; keptId: string }[],
): Promise<void> {
  for (const { goneId, keptId } of pairs) {
    await db.execute(sql`
      update ${workoutSamples} set workout_id = ${keptId} where workout_id = ${goneId}
        and kind not in (select kind from ${workoutSamples} where workout_id = ${keptId})`);
    await db.update(morningReadings).set({ workoutId: keptId }).where(eq(morningReadings.workoutId, goneId));
    await db.delete(workouts).where(eq(workouts.id, goneId));
  }
}

/** Writes whole sessions: those whose id is known are replaced. */
export async function saveWorkouts(db: Db, rows: readonly WorkoutRow[]): Promise<void> {
  await upsertRows(db, workouts, rows, { key: ["id"], provenance: [] });
}

const writtenSamples = z.object({ workout_id: z.string() });

/** Upserts recorded series. @returns the ids of the sessions with new or changed ones */
export async function upsertWorkoutSamples(
  db: Db,
  rows: (typeof workoutSamples.$inferInsert)[],
): Promise<string[]> {
  const written = await upsertRowsForKeys(db, workoutSamples, rows, {
    key: ["workoutId", "kind"],
    provenance: ["teamId", "athleteId", "payloadId"],
  });
  return checkedRows("upsertWorkoutSamples", writtenSamples, written).map((row) => row.workout_id);
}

/** A session of an athlete of the team, its computed loads, and the squad that names its time zone. */
export async function findWorkoutView(
  db: Db,
  input: { teamId: string; athleteId: string; workoutId: string },
) {
  const [row] = await db
    .select({
      workout: workouts,
      loads: workoutLoads,
      athlete: { id: athletes.id, name: athletes.name, stoppedAt: athletes.stoppedAt },
      squad: { id: squads.id, name: squads.name, timeZone: squads.timeZone },
    })
    .from(workouts)
    .innerJoin(athletes, eq(athletes.id, workouts.athleteId))
    .innerJoin(squads, eq(squads.id, athletes.squadId))
    .leftJoin(workoutLoads, eq(workoutLoads.workoutId, workouts.id))
    .where(
      and(
        eq(workouts.id, input.workoutId),
        eq(workouts.athleteId, input.athleteId),
        eq(workouts.teamId, input.teamId),
      ),
    );
  return row;
}

/** The recorded series of a session. */
export async function listWorkoutSeries(db: Db, workoutId: string) {
  return db
    .select({
      kind: workoutSamples.kind,
      recordingRateS: workoutSamples.recordingRateS,
      values: workoutSamples.values,
    })
    .from(workoutSamples)
    .where(eq(workoutSamples.workoutId, workoutId))
    .orderBy(asc(workoutSamples.kind));
}

/** Of the given athletes those whose squads are scored on a load computed from sessions. */
export async function listAthletesOnSessionLoads(
  db: Db,
  input: { athleteIds: readonly string[] },
): Promise<string[]> {
  const computed = await db.select({ id: squads.id }).from(squads).where(ne(squads.loadKind, "cardio-load"));
  if (computed.length === 0 || input.athleteIds.length === 0) return [];
  const squadIds = computed.map(({ id }) => id);
  const rows = await db
    .select({ athleteId: athletes.id })
    .from(athletes)
    .where(and(inArray(athletes.id, [...input.athleteIds]), inArray(athletes.squadId, squadIds)));
  return rows.map(({ athleteId }) => athleteId);
}

const unsettledSession = z.object({
  workoutId: z.string(),
  teamId: z.string(),
  athleteId: z.string(),
  durationS: z.number(),
  userRpe: z.string().nullable(),
  perceivedLoad: z.number().nullable(),
  bpm: numbersOrNull.nullable(),
  intervalS: z.number().nullable(),
  samplesPayloadId: z.string().nullable(),
  heartRateMaxBpm: z.int().nullable(),
  heartRateRestBpm: z.int().nullable(),
  sex: z.enum(SEXES).nullable(),
});

/** A session whose loads are not computed, or were with other body data or another formula, and what goes into them. */
export type UnsettledSession = z.output<typeof unsettledSession>;

const latest = (column: string) =>
  sql.raw(`(array_agg(${column} order by recorded_at desc) filter (where ${column} is not null))[1]`);

/** A page of athletes' sessions without loads as of today's body data and formula; the newest body data count for all sessions. */
export async function listUnsettledSessions(
  db: Db,
  input: { athleteIds: readonly string[]; formulaVersion: string; limit: number },
): Promise<UnsettledSession[]> {
  if (input.athleteIds.length === 0) return [];
  const athletes = sql`${sql.param(`{${input.athleteIds.join(",")}}`)}::uuid[]`;
  return rowsOf(db, "listUnsettledSessions", unsettledSession)`
    with body as (
      select athlete_id, ${latest("heart_rate_max_bpm")} as max, ${latest("heart_rate_rest_bpm")} as rest,
        ${latest("sex")} as sex
      from physical_infos where athlete_id = any(${athletes}) group by athlete_id
    )
    select w.id as "workoutId", w.team_id as "teamId", w.athlete_id as "athleteId",
      w.duration_ms / 1000.0::float8 as "durationS", w.polar ->> 'userRpe' as "userRpe",
      (w.polar ->> 'perceivedLoad')::float8 as "perceivedLoad", h.values as bpm, h.recording_rate_s as "intervalS",
      h.payload_id as "samplesPayloadId", b.max as "heartRateMaxBpm", b.rest as "heartRateRestBpm", b.sex
    from workouts w
    left join body b on b.athlete_id = w.athlete_id
    left join workout_loads l on l.workout_id = w.id
    left join workout_samples h on h.workout_id = w.id and h.kind = 'heart-rate'
    where w.athlete_id = any(${athletes})
      and (l.workout_id is null
        or (l.formula_version, l.heart_rate_max_bpm, l.heart_rate_rest_bpm, l.sex)
          is distinct from (${input.formulaVersion}, b.max, b.rest, b.sex))
    order by w.id limit ${input.limit}`;
}

export type WorkoutLoadRow = typeof workoutLoads.$inferInsert;

/** Writes sessions' loads, at most one row per session. */
export async function writeWorkoutLoads(db: Db, rows: readonly WorkoutLoadRow[]): Promise<void> {
  const rule = { key: ["workoutId"], provenance: ["teamId", "athleteId", "samplesPayloadId", "computedAt"] };
  await upsertRows(db, workoutLoads, rows, { ...rule });
}

/** Takes the loads of changed sessions away, so that they are computed again. */
export async function forgetWorkoutLoads(db: Db, input: { workoutIds: readonly string[] }): Promise<void> {
  if (input.workoutIds.length === 0) return;
  await db.delete(workoutLoads).where(inArray(workoutLoads.workoutId, [...input.workoutIds]));
}
