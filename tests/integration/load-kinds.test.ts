import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { auditLog, outbox } from "@/db/schema/operation";
import { readinessDays } from "@/db/schema/readiness";
import { morningReadings } from "@/db/schema/reading";
import { squads } from "@/db/schema/squad";
import { workoutLoads, workouts } from "@/db/schema/wearable";
import { readEvidence } from "@/lib/readiness/evidence";
import { LOAD_KINDS, type LoadKind } from "@/lib/readiness/load/kind";
import { banisterTrimp } from "@/lib/readiness/load/trimp";
import { athleteCsv } from "@/lib/services/athletes/csv";
import { viewAthlete } from "@/lib/services/athletes/view";
import { writeValues } from "@/lib/services/payloads/write-values";
import { scoreSquad } from "@/lib/services/readiness/score";
import { viewLoadCoverage } from "@/lib/services/squads/load-coverage";
import { changeSquad } from "@/lib/services/squads/manage";
import { addDays } from "@/lib/time/civil-date";
import type { PhysicalInfo, Workout } from "@/lib/wearables/types";
import { contextOf, seedAthlete, seedDays, seedSquad, steadyDays } from "../support/athletes";
import { freshDatabase } from "../support/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const now = new Date("2026-05-20T03:00:00Z");
const today = "2026-05-20";
const first = addDays(today, -79);
const job = () => contextOf(database.db, { now });

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

type Owner = { teamId: string; athleteId: string };
type Session = { date: string; hour?: number; bpm?: number | null; rpe?: string | null; minutes?: number };

function workoutOf({ date, hour = 15, bpm = 150, rpe = "RPE_HARD", minutes = 60 }: Session): Workout {
  const values = Array<number>(minutes).fill(bpm ?? 0);
  return {
    uploadedAt: null,
    date,
    startAt: new Date(`${date}T${String(hour).padStart(2, "0")}:00:00Z`).toISOString(),
    utcOffsetMinutes: 180,
    durationMs: minutes * 60_000,
    sport: "running",
    distanceM: null,
    energyKcal: null,
    heartRateAvgBpm: bpm,
    heartRateMaxBpm: bpm,
    cardioLoad: 90,
    deviceId: null,
    device: null,
    hasRoute: false,
    zones: null,
    route: null,
    files: null,
    samples: bpm === null ? [] : [{ kind: "heart-rate", recordingRateS: 60, values }],
    polar: {
      transactionItemId: null,
      hashId: `${date}/${hour}`,
      sport: "RUNNING",
      trainingLoad: null,
      muscleLoad: null,
      perceivedLoad: rpe === null ? null : 100,
      cardioLoadInterpretation: null,
      userRpe: rpe,
      runningIndex: null,
      fatPercent: null,
      carbohydratePercent: null,
      proteinPercent: null,
    },
  };
}

const source = { payloadId: randomUUID(), provider: "polar", fetchedAt: now } as const;

function train(owner: Owner, sessions: Session[]) {
  const normalised = { kind: "workout" as const, values: sessions.map(workoutOf), rejected: [] };
  return writeValues(job(), owner, [{ ...source, normalised }]);
}

function measure(owner: Owner, info: Partial<PhysicalInfo>) {
  const value: PhysicalInfo = {
    recordedAt: "2026-02-01T06:00:00.000Z",
    weightKg: 70,
    heightCm: 180,
    heartRateMaxBpm: 190,
    heartRateRestBpm: 50,
    aerobicThresholdBpm: null,
    anaerobicThresholdBpm: null,
    vo2Max: null,
    sex: "male",
    polar: {},
    ...info,
  };
  const normalised = { kind: "physical-info" as const, values: [value], rejected: [] };
  return writeValues(job(), owner, [{ ...source, normalised }]);
}

/** An athlete with 80 nights, Polar's load of each day, and a session on two days of three. */
async function trainee(settings: Partial<typeof squads.$inferInsert> = {}) {
  const squad = await seedSquad(database.db, settings);
  const athlete = await seedAthlete(database.db, squad);
  const owner = { ...squad, ...athlete };
  await seedDays(database.db, athlete, { from: first, days: steadyDays(80) });
  await measure(athlete, {});
  const days = Array.from({ length: 79 }, (_, day) => day).filter((day) => day % 3 !== 0);
  await train(
    athlete,
    days.map((day) => ({
      date: addDays(first, day),
      bpm: 130 + (day % 7) * 8,
      minutes: 40 + (day % 5) * 10,
    })),
  );
  return owner;
}

const score = (squadId: string) => scoreSquad({ ctx: job(), input: { squadId } });

async function written(athleteId: string) {
  const rows = await database.db
    .select()
    .from(readinessDays)
    .where(eq(readinessDays.athleteId, athleteId))
    .orderBy(asc(readinessDays.date));
  return rows.map(({ scoredAt, evidence, ...row }) => ({ ...row, evidence: readEvidence(evidence) }));
}

function choose(squad: { teamId: string; squadId: string }, loadKind: LoadKind, at = now) {
  const actor = { kind: "coach", userId: randomUUID(), role: "coach" } as const;
  const ctx = contextOf(database.db, { actor, teamId: squad.teamId, now: at });
  return changeSquad({ ctx, input: { squadId: squad.squadId, loadKind } });
}

async function scoredOn(squad: { teamId: string; squadId: string; athleteId: string }, kind: LoadKind) {
  await database.db.update(squads).set({ loadKind: kind }).where(eq(squads.id, squad.squadId));
  await score(squad.squadId);
  return written(squad.athleteId);
}

test("a squad scored on TRIMP weighs each day's sessions by the athlete's own heart rates, and says so", async () => {
  const athlete = await trainee({ loadKind: "banister" });
  await score(athlete.squadId);
  const rows = await written(athlete.athleteId);
  const day = rows.find((row) => row.date === addDays(first, 4));
  const own = { hrRestBpm: 50, hrMaxBpm: 190, sex: "male" } as const;
  expect(day?.load).toBeCloseTo(banisterTrimp({ ...own, minutes: 80, hrBpm: 162 }), 9);
  expect(rows.filter((_, i) => i % 3 === 0).map((row) => row.load)).toEqual([...Array(26).fill(0), 0]);
  expect(new Set(rows.flatMap((row) => [row.loadKind, row.evidence.loadKind]))).toEqual(
    new Set(["banister"]),
  );
  expect(rows.at(-1)?.rules.R6).not.toBeNull();
});

test("choosing another kind is written to the audit log and has every day scored again", async () => {
  const athlete = await trainee();
  await choose(athlete, "session-rpe");
  const [audit] = await database.db.select().from(auditLog).where(eq(auditLog.subjectId, athlete.squadId));
  expect(audit).toMatchObject({ action: "squad/changed", detail: { loadKind: "session-rpe" } });
  const events = await database.db.select().from(outbox);
  expect(events).toContainEqual(
    expect.objectContaining({ name: "squad/settings.changed", data: { squadId: athlete.squadId } }),
  );
  expect(await score(athlete.squadId)).toEqual({ athletes: 1, daysWritten: 80 });
  const rows = await written(athlete.athleteId);
  expect(rows[4]).toMatchObject({ loadKind: "session-rpe", load: 8 * 80 });
});

test("kinds chosen back and forth, in any order, give what each gave at first", async () => {
  const athlete = await trainee();
  const firstTime = new Map<LoadKind, Awaited<ReturnType<typeof written>>>();
  for (const kind of LOAD_KINDS) firstTime.set(kind, await scoredOn(athlete, kind));
  const [a, b] = [firstTime.get("cardio-load")!, firstTime.get("banister")!];
  expect(a.map((row) => row.load)).not.toEqual(b.map((row) => row.load));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...LOAD_KINDS), { minLength: 1, maxLength: 3 }),
      async (kinds) => {
        for (const kind of kinds) expect(await scoredOn(athlete, kind)).toEqual(firstTime.get(kind));
      },
    ),
    { numRuns: 5 },
  );
});

test("a session without heart rate leaves its day unknown, and R6 with it, until it is out of the 14 days", async () => {
  const athlete = await trainee({ loadKind: "banister" });
  const silent = addDays(today, -10);
  await train(athlete, [{ date: silent, hour: 7, bpm: null }]);
  await score(athlete.squadId);
  const rows = await written(athlete.athleteId);
  const index = rows.findIndex((row) => row.date === silent);
  expect(rows[index]?.load).toBeNull();
  expect(rows[index]?.rules.R6).not.toBeNull();
  expect(rows.slice(index + 1).map((row) => row.rules.R6)).toEqual(Array(10).fill(null));
  expect(rows.at(-1)?.evidence.quality.reasons).toContain("load-unknown");
  const onEffort = await scoredOn(athlete, "session-rpe");
  expect(onEffort[index]?.load).toBe(8 * 60 + (index % 3 === 0 ? 0 : 8 * (40 + (index % 5) * 10)));
  expect(onEffort.at(-1)?.rules.R6).not.toBeNull();
});

test("without the athlete's sex TRIMP is unknown on training days, a known 0 on days of rest", async () => {
  const athlete = await trainee({ loadKind: "banister" });
  await database.owner`update physical_infos set sex = null where athlete_id = ${athlete.athleteId}`;
  await score(athlete.squadId);
  const rows = await written(athlete.athleteId);
  expect(rows.slice(0, 6).map((row) => row.load)).toEqual([0, null, null, 0, null, null]);
  const [load] = await database.db
    .select()
    .from(workoutLoads)
    .where(eq(workoutLoads.athleteId, athlete.athleteId));
  expect(load).toMatchObject({ banister: null, missing: ["sex"] });
  expect((await scoredOn(athlete, "edwards"))[4]?.load).toBe(4 * 80);
});

test("another maximal heart rate weighs every session anew and has the athlete scored again; the same one does nothing", async () => {
  const athlete = await trainee({ loadKind: "banister" });
  await score(athlete.squadId);
  const before = await written(athlete.athleteId);
  const later = { recordedAt: "2026-05-19T06:00:00.000Z", heartRateMaxBpm: 200, sex: null };
  expect((await measure(athlete, later)).scoring).toBeGreaterThan(0);
  expect(await score(athlete.squadId)).toEqual({ athletes: 1, daysWritten: 79 });
  const after = await written(athlete.athleteId);
  expect(after[4]!.load!).toBeLessThan(before[4]!.load!);
  expect((await measure(athlete, { ...later, recordedAt: "2026-05-20T01:00:00.000Z" })).scoring).toBe(0);
  expect(await score(athlete.squadId)).toEqual({ athletes: 1, daysWritten: 0 });
});

test("a lying recording in the morning is a reading, not a session nobody rated", async () => {
  const athlete = await trainee({ loadKind: "session-rpe" });
  const date = addDays(today, -3);
  await train(athlete, [{ date, hour: 4, bpm: 52, rpe: null, minutes: 3 }]);
  await score(athlete.squadId);
  const at = async () => (await written(athlete.athleteId)).find((row) => row.date === date)?.load;
  expect(await at()).toBeNull();
  const [recording] = await database.db
    .select()
    .from(workouts)
    .where(eq(workouts.polarHashId, `${date}/4`));
  await database.db.insert(morningReadings).values({
    teamId: athlete.teamId,
    athleteId: athlete.athleteId,
    date,
    origin: "rr-session",
    rmssdMs: 60,
    quality: "good",
    workoutId: recording!.id,
    createdAt: now,
  });
  await score(athlete.squadId);
  expect(await at()).toBe(8 * 50);
});

test("loads are computed once: scoring again reads no heart rate, and a session that changed is computed anew", async () => {
  const athlete = await trainee({ loadKind: "banister" });
  await score(athlete.squadId);
  const loads = () =>
    database.db
      .select()
      .from(workoutLoads)
      .where(eq(workoutLoads.athleteId, athlete.athleteId))
      .orderBy(asc(workoutLoads.workoutId));
  const before = await loads();
  await database.owner`delete from workout_samples where athlete_id = ${athlete.athleteId}`;
  await score(athlete.squadId);
  expect(await loads()).toEqual(before);
  const date = addDays(first, 4);
  const change = { date, bpm: 180, minutes: 80 };
  await train(athlete, [change]);
  await score(athlete.squadId);
  const row = (await written(athlete.athleteId)).find((day) => day.date === date);
  const own = { hrRestBpm: 50, hrMaxBpm: 190, sex: "male" } as const;
  expect(row?.load).toBeCloseTo(banisterTrimp({ ...own, minutes: 80, hrBpm: 180 }), 9);
});

async function viewer(squad: { teamId: string }) {
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org` });
  return contextOf(database.db, {
    actor: { kind: "coach", userId, role: "viewer" },
    teamId: squad.teamId,
    now,
  });
}

test("the athlete's page tells the squad's kind in numbers, with what is unknown and why; exports name the kind", async () => {
  const athlete = await trainee({ loadKind: "banister" });
  await train(athlete, [{ date: addDays(today, -2), hour: 7, bpm: null }]);
  await score(athlete.squadId);
  const ctx = await viewer(athlete);
  const view = await viewAthlete({ ctx, input: { athleteId: athlete.athleteId, days: 30, locale: "en-GB" } });
  if ("stopped" in view) throw new Error("the athlete shares");
  const rows = await written(athlete.athleteId);
  const week = rows.slice(-8, -1).flatMap((row) => row.load ?? []);
  expect(view.load).toMatchObject({
    kind: "banister",
    to: addDays(today, -1),
    unknownDays: 1,
    missing: [{ input: "heart-rate", sessions: 1 }],
    numbers: { sum7: { known: 6, of: 7 }, mean7: null, ewma7: rows.at(-1)?.loadEwma7 },
  });
  expect(view.load.numbers.sum7?.sum).toBeCloseTo(
    week.reduce((sum, load) => sum + load, 0),
    9,
  );
  expect(view.why?.evidence.loadKind).toBe("banister");
  const own = { hrRestBpm: 50, hrMaxBpm: 190, sex: "male" } as const;
  expect(view.workouts[0]?.load).toBeCloseTo(banisterTrimp({ ...own, minutes: 60, hrBpm: 130 }), 9);
  expect(view.workouts[1]?.load).toBeNull();
  const [headings, line] = athleteCsv(view.days).split("\r\n");
  expect(line?.split(",")[headings!.split(",").indexOf("load_kind")]).toBe("banister");
});

test("before choosing, a coach sees what each kind could tell of the last 28 days, and who lacks what", async () => {
  const athlete = await trainee();
  await train(athlete, [{ date: addDays(today, -2), hour: 7, bpm: null, rpe: null }]);
  const other = await seedAthlete(database.db, athlete, { name: "Aino Lehtonen" });
  await train(other, [{ date: addDays(today, -2) }]);
  const coverage = await viewLoadCoverage({
    ctx: await viewer(athlete),
    input: { squadId: athlete.squadId },
  });
  const sessions = Array.from({ length: 28 }, (_, i) => 51 + i).filter((day) => day % 3 !== 0).length + 2;
  expect(coverage).toEqual([
    { kind: "cardio-load", known: 28, of: 28, missing: [] },
    {
      kind: "banister",
      known: sessions - 2,
      of: sessions,
      missing: [
        { input: "heart-rate", sessions: 1, athletes: [] },
        { input: "heart-rate-max", sessions: 0, athletes: ["Aino Lehtonen"] },
        { input: "heart-rate-rest", sessions: 0, athletes: ["Aino Lehtonen"] },
        { input: "sex", sessions: 0, athletes: ["Aino Lehtonen"] },
      ],
    },
    {
      kind: "edwards",
      known: sessions - 2,
      of: sessions,
      missing: [
        { input: "heart-rate", sessions: 1, athletes: [] },
        { input: "heart-rate-max", sessions: 0, athletes: ["Aino Lehtonen"] },
      ],
    },
    {
      kind: "session-rpe",
      known: sessions - 1,
      of: sessions,
      missing: [{ input: "rpe", sessions: 1, athletes: [] }],
    },
  ]);
});
