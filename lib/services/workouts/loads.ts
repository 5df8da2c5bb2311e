import {
  listUnsettledSessions,
  type UnsettledSession,
  type WorkoutLoadRow,
  writeWorkoutLoads,
} from "@/db/queries/workouts";
import type { Context } from "@/lib/context";
import { perceivedExertion } from "@/lib/providers/polar/normalise/perceived-exertion";
import { LOAD_FORMULA_VERSION, sessionLoads } from "@/lib/readiness/load/session-loads";

const SESSIONS_PER_PAGE = 100;

/**
 * Computes the loads of athletes' sessions that have none as of today's formula and body data; the others are left
 * alone, so that heart rates are read once. Called by verbs that checked their caller. @returns sessions computed
 */
export async function settleWorkoutLoads(ctx: Context, athleteIds: readonly string[]): Promise<number> {
  const of = { athleteIds, formulaVersion: LOAD_FORMULA_VERSION, limit: SESSIONS_PER_PAGE };
  let settled = 0;
  for (;;) {
    const sessions = await listUnsettledSessions(ctx.db, of);
    await writeWorkoutLoads(
      ctx.db,
      sessions.map((session) => rowOf(session, ctx.now)),
    );
    settled += sessions.length;
    if (sessions.length < SESSIONS_PER_PAGE) return settled;
  }
}

function rowOf(session: UnsettledSession, computedAt: Date): WorkoutLoadRow {
  const { teamId, athleteId, workoutId, durationS, bpm, intervalS, samplesPayloadId } = session;
  const { heartRateMaxBpm, heartRateRestBpm, sex } = session;
  const heartRate = bpm !== null && intervalS !== null ? { bpm, intervalS } : null;
  const body = { heartRateMaxBpm, heartRateRestBpm, sex };
  const loads = sessionLoads({ durationS, heartRate, rpe: perceivedExertion(session) }, body);
  return {
    ...{ teamId, athleteId, workoutId, samplesPayloadId, computedAt },
    ...body,
    banister: loads.banister,
    edwards: loads.edwards,
    sessionRpe: loads["session-rpe"],
    missing: loads.missing,
    formulaVersion: LOAD_FORMULA_VERSION,
  };
}
