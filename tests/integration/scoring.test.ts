import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dayDecisions, readinessDays } from "@/db/schema/readiness";
import { athletes, squads } from "@/db/schema/squad";
import { nights, workouts } from "@/db/schema/wearable";
import { scoreDays } from "@/lib/readiness/score";
import { scoreAthlete, scoreSquad } from "@/lib/services/readiness/score";
import { addDays } from "@/lib/time/civil-date";
import { contextOf, POLAR_NIGHT, seedAthlete, seedDays, seedSquad, steadyDays } from "../support/athletes";
import { freshDatabase } from "../support/database";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const now = new Date("2026-05-20T03:00:00Z");
const today = "2026-05-20";
const first = addDays(today, -79);

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

async function squadOf(settings: Partial<typeof squads.$inferInsert> = {}) {
  const squad = await seedSquad(database.db, settings);
  const athlete = await seedAthlete(database.db, squad);
  return { ...squad, ...athlete };
}

const score = (athleteId: string, at = now) =>
  scoreAthlete({ ctx: contextOf(database.db, { now: at }), input: { athleteId } });

const written = (athleteId: string) =>
  database.db
    .select()
    .from(readinessDays)
    .where(eq(readinessDays.athleteId, athleteId))
    .orderBy(asc(readinessDays.date));

test("every day is written once, with the engine's verdict and evidence, and only changed days again", async () => {
  const athlete = await squadOf();
  const days = steadyDays(80);
  await seedDays(database.db, athlete, { from: first, days });
  expect(await score(athlete.athleteId)).toEqual({ daysWritten: 80 });
  const rows = await written(athlete.athleteId);
  const expected = scoreDays({
    settings: { preset: "brief", baselineDays: 60 },
    days: days.map((day, i) => ({ date: addDays(first, i), rmssdMs: day.rmssdMs!, load: day.load! })),
  });
  expect(rows.map((row) => row.evidence)).toMatchObject(expected);
  expect(rows.map((row) => [row.date, row.level, row.z, row.loadSum7, row.load])).toEqual(
    expected.map((day, i) => [day.date, day.level, day.z, day.load.sum7, days[i]!.load]),
  );
  expect(await score(athlete.athleteId)).toEqual({ daysWritten: 0 });
  expect(await written(athlete.athleteId)).toEqual(rows);
});

test("a night that never came is today's no-verdict, and becomes a level when it arrives", async () => {
  const athlete = await squadOf();
  await seedDays(database.db, athlete, { from: first, days: steadyDays(79) });
  await score(athlete.athleteId);
  expect((await written(athlete.athleteId)).at(-1)).toMatchObject({
    date: today,
    level: "no-verdict",
    reason: "no-reading",
  });
  await seedDays(database.db, athlete, { from: today, days: [{ rmssdMs: 60 }] });
  expect(await score(athlete.athleteId)).toEqual({ daysWritten: 1 });
  expect((await written(athlete.athleteId)).at(-1)).toMatchObject({ date: today, level: "steady" });
});

test("the next morning writes one more day, and the squad's day, not the server's, decides which", async () => {
  const late = new Date("2026-05-20T23:30:00Z");
  const auckland = await squadOf({ timeZone: "Pacific/Auckland" });
  await seedDays(database.db, auckland, { from: first, days: steadyDays(80) });
  await score(auckland.athleteId, new Date("2026-05-20T11:00:00Z"));
  expect((await written(auckland.athleteId)).at(-1)?.date).toBe("2026-05-20");
  expect(await score(auckland.athleteId, late)).toEqual({ daysWritten: 1 });
  expect((await written(auckland.athleteId)).at(-1)).toMatchObject({
    date: "2026-05-21",
    reason: "no-reading",
  });
});

test("scoring as days arrive ends where scoring everything at once does, a late night included", async () => {
  const squad = await seedSquad(database.db);
  const [slow, quick] = [await seedAthlete(database.db, squad), await seedAthlete(database.db, squad)];
  const days = steadyDays(80);
  days[60] = { rmssdMs: 41, load: 260 };
  const gap = addDays(first, 40);
  for (let i = 30; i < 80; i++) {
    const from = i === 30 ? first : addDays(first, i);
    const batch = i === 30 ? days.slice(0, 31) : [days[i]!];
    if (addDays(first, i) === gap) continue;
    await seedDays(database.db, slow, { from, days: batch });
    await score(slow.athleteId, new Date(`${addDays(first, i)}T06:00:00Z`));
  }
  await seedDays(database.db, slow, { from: gap, days: [days[40]!] });
  const late = await score(slow.athleteId);
  expect(late.daysWritten).toBe(40);
  await seedDays(database.db, quick, { from: first, days });
  await score(quick.athleteId);
  const plain = (rows: Awaited<ReturnType<typeof written>>) =>
    rows.map(({ athleteId, scoredAt, ...row }) => row);
  expect(plain(await written(slow.athleteId))).toEqual(plain(await written(quick.athleteId)));
});

test("a day of rest is a known 0 after a later night; a session whose load never came is not", async () => {
  const athlete = await squadOf();
  await seedDays(database.db, athlete, {
    from: first,
    days: steadyDays(80).map(({ rmssdMs }) => ({ rmssdMs })),
  });
  await database.db.insert(workouts).values({
    teamId: athlete.teamId,
    athleteId: athlete.athleteId,
    date: addDays(today, -3),
    startAt: new Date("2026-05-17T15:00:00Z"),
    utcOffsetMinutes: 180,
    durationMs: 3_600_000,
    sport: "running",
    polar: {
      sport: "RUNNING",
      trainingLoad: null,
      muscleLoad: null,
      perceivedLoad: null,
      cardioLoadInterpretation: null,
      userRpe: null,
      runningIndex: null,
      fatPercent: null,
      carbohydratePercent: null,
      proteinPercent: null,
    },
  });
  await score(athlete.athleteId);
  const rows = await written(athlete.athleteId);
  expect(rows.slice(-5).map((row) => row.load)).toEqual([0, null, 0, 0, null]);
  expect(rows.at(-1)).toMatchObject({ loadKnown7: 6, rules: { R6: null } });
});

test("a new watch, an excluded day and a confirmed reading reach the engine from the stored rows", async () => {
  const athlete = await squadOf();
  const days = steadyDays(80);
  days[75] = { rmssdMs: 140, load: 80 };
  await seedDays(database.db, athlete, { from: first, days });
  await score(athlete.athleteId);
  const day = async (date: string) => {
    const [row] = await database.db
      .select()
      .from(readinessDays)
      .where(and(eq(readinessDays.athleteId, athlete.athleteId), eq(readinessDays.date, date)));
    return row;
  };
  const spike = addDays(first, 75);
  expect(await day(spike)).toMatchObject({ level: "no-verdict", reason: "suspect", suspect: true });
  const { teamId, athleteId } = athlete;
  await database.db.insert(dayDecisions).values([
    { teamId, athleteId, date: spike, kind: "confirmed", decidedAt: now },
    { teamId, athleteId, date: addDays(today, -1), kind: "excluded", tag: "sick", decidedAt: now },
  ]);
  for (const [date, device] of [
    [addDays(today, -30), "OLD"],
    [today, "NEW"],
  ] as const)
    await database.owner`
      insert into sleeps (team_id, athlete_id, source_id, date, start_at, end_at, utc_offset_minutes, device_id, polar)
      values (${teamId}, ${athleteId}, 1, ${date}, ${date}::date - 1, ${date}::date, 180, ${device}, '{}')`;
  await score(athleteId);
  expect(await day(spike)).toMatchObject({ suspect: false, valid: true });
  expect(await day(addDays(today, -1))).toMatchObject({ level: "no-verdict", reason: "excluded" });
  expect(await day(today)).toMatchObject({ level: "no-verdict", reason: "device-changed" });
});

test("new settings write the squad's history again; days whose data went are removed", async () => {
  const athlete = await squadOf();
  await seedDays(database.db, athlete, { from: first, days: steadyDays(80) });
  const ctx = contextOf(database.db, { now });
  const input = { squadId: athlete.squadId };
  expect(await scoreSquad({ ctx, input })).toEqual({ athletes: 1, daysWritten: 80 });
  await database.db.update(squads).set({ preset: "quiet" }).where(eq(squads.id, athlete.squadId));
  expect(await scoreSquad({ ctx, input })).toEqual({ athletes: 1, daysWritten: 80 });
  expect(new Set((await written(athlete.athleteId)).map((row) => row.preset))).toEqual(new Set(["quiet"]));
  await database.owner`delete from nights where athlete_id = ${athlete.athleteId} and date < ${addDays(first, 10)}`;
  await database.owner`delete from daily_loads where athlete_id = ${athlete.athleteId} and date < ${addDays(first, 10)}`;
  await scoreSquad({ ctx, input });
  expect((await written(athlete.athleteId)).map((row) => row.date)[0]).toBe(addDays(first, 10));
});

test("athletes who never connected or have stopped are not scored", async () => {
  const athlete = await squadOf();
  await database.db
    .insert(athletes)
    .values({ teamId: athlete.teamId, squadId: athlete.squadId, name: "Waiting" });
  await database.db.update(athletes).set({ stoppedAt: now }).where(eq(athletes.id, athlete.athleteId));
  await seedDays(database.db, athlete, { from: first, days: steadyDays(80) });
  const ctx = contextOf(database.db, { now });
  expect(await scoreSquad({ ctx, input: { squadId: athlete.squadId } })).toEqual({
    athletes: 0,
    daysWritten: 0,
  });
  expect(await written(athlete.athleteId)).toEqual([]);
});

test("two scorings at once leave what the later facts say", async () => {
  const athlete = await squadOf();
  await seedDays(database.db, athlete, { from: first, days: steadyDays(79) });
  const runs = Array.from({ length: 4 }, () => score(athlete.athleteId));
  await database.db.insert(nights).values({
    teamId: athlete.teamId,
    athleteId: athlete.athleteId,
    ...POLAR_NIGHT,
    date: today,
    rmssdMs: 60,
    receivedAt: now,
  });
  await Promise.all([...runs, score(athlete.athleteId)]);
  expect((await written(athlete.athleteId)).at(-1)).toMatchObject({ date: today, rmssdMs: 60 });
});

test("nobody but the job engine may score", async () => {
  const athlete = await squadOf();
  const ctx = contextOf(database.db, {
    actor: { kind: "coach", userId: athlete.athleteId, role: "owner" },
    teamId: athlete.teamId,
    now,
  });
  await expect(scoreAthlete({ ctx, input: { athleteId: athlete.athleteId } })).rejects.toMatchObject({
    code: "forbidden",
  });
});
