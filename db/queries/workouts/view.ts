import { and, asc, eq } from "drizzle-orm";
import type { Db } from "../../client";
import { athletes, squads } from "../../schema/squad";
import { workoutLoads, workoutSamples, workouts } from "../../schema/wearable";

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
