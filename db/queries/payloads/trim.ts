import { and, eq, inArray, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Db } from "../../client";
import { rawPayloads } from "../../schema/payload";
import { readinessDays } from "../../schema/readiness";
import {
  dailyActivities,
  dailyLoads,
  heartRateDays,
  measurements,
  nights,
  physicalInfos,
  sleeps,
  workoutSamples,
  workouts,
} from "../../schema/wearable";

type AthleteKey = { teamId: string; athleteId: string };

const READ_FROM_PAYLOADS = [
  sleeps,
  nights,
  dailyLoads,
  dailyActivities,
  workoutSamples,
  workouts,
  physicalInfos,
  heartRateDays,
  measurements,
];

/** The payload a row was read from is not there any more. */
const isOrphaned = (payloadId: PgColumn) =>
  sql`not exists (select from ${rawPayloads} where ${rawPayloads.id} = ${payloadId})`;

/** Deletes payloads, every value that was read from them, and the athlete's levels, which are scored again from the rest. */
export async function deletePayloads(db: Db, input: AthleteKey & { ids: readonly string[] }): Promise<void> {
  const { teamId, athleteId, ids } = input;
  await db
    .delete(rawPayloads)
    .where(
      and(
        eq(rawPayloads.teamId, teamId),
        eq(rawPayloads.athleteId, athleteId),
        inArray(rawPayloads.id, [...ids]),
      ),
    );
  for (const table of READ_FROM_PAYLOADS)
    await db
      .delete(table)
      .where(and(eq(table.teamId, teamId), eq(table.athleteId, athleteId), isOrphaned(table.payloadId)));
  await db
    .delete(readinessDays)
    .where(and(eq(readinessDays.teamId, teamId), eq(readinessDays.athleteId, athleteId)));
}
