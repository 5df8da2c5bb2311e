import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "@/db/schema/auth";
import { readinessDays } from "@/db/schema/readiness";
import { morningReadings } from "@/db/schema/reading";
import { memberships } from "@/db/schema/team";
import { workoutSamples, workouts } from "@/db/schema/wearable";
import type { Context, Role } from "@/lib/context";
import { scoreAthlete } from "@/lib/services/readiness/score";
import { chooseSource, viewSource } from "@/lib/services/readiness/source";
import { addDays } from "@/lib/time/civil-date";
import { contextOf, seedAthlete, seedDays, seedSquad, steadyDays } from "../support/athletes";
import { freshDatabase } from "../support/database";

const today = "2026-05-20";
const first = addDays(today, -79);
const morningOf = (date: string) => new Date(`${date}T05:00:00Z`);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let own: { teamId: string; squadId: string };

beforeAll(async () => {
  database = await freshDatabase();
  own = await seedSquad(database.db);
});
afterAll(() => database.close());

async function person(teamId: string, role: Role, now = morningOf(today)): Promise<Context> {
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org` });
  await database.db.insert(memberships).values({ teamId, userId, role });
  return contextOf(database.db, { actor: { kind: "coach", userId, role }, teamId, now });
}

/** An athlete with nights since `first` and as many morning readings at another level. */
async function athleteWithBoth(mornings = 80) {
  const athlete = await seedAthlete(database.db, own);
  await seedDays(database.db, athlete, { from: first, days: steadyDays(80) });
  await addMornings(athlete, { from: addDays(first, 80 - mornings), count: mornings });
  return athlete;
}

async function addMornings(
  athlete: { teamId: string; athleteId: string },
  { from, count }: { from: string; count: number },
) {
  const readings = steadyDays(count, { rmssdMs: 90, load: 0 }).map(({ rmssdMs }, i) => ({
    ...athlete,
    date: addDays(from, i),
    origin: "csv" as const,
    rmssdMs: rmssdMs!,
    quality: "unknown" as const,
    createdAt: morningOf(today),
  }));
  await database.db.insert(morningReadings).values(readings);
}

const score = (athleteId: string, date = today) =>
  scoreAthlete({ ctx: contextOf(database.db, { now: morningOf(date) }), input: { athleteId } });

const written = (athleteId: string) =>
  database.db
    .select()
    .from(readinessDays)
    .where(eq(readinessDays.athleteId, athleteId))
    .orderBy(asc(readinessDays.date));

const plain = (rows: Awaited<ReturnType<typeof written>>) => rows.map(({ scoredAt, ...row }) => row);

describe("scoring on morning readings", () => {
  it("begins with the chosen day: past days keep their nights, and no baseline holds both", async () => {
    const athlete = await athleteWithBoth();
    const { athleteId } = athlete;
    await score(athleteId);
    const before = plain(await written(athleteId));
    const coach = await person(own.teamId, "coach");
    await chooseSource({ ctx: coach, input: { athleteId, source: "morning", fromDay: today } });
    expect(await score(athleteId)).toEqual({ daysWritten: 1 });
    const after = plain(await written(athleteId));
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)).toMatchObject({ source: "morning", level: "no-verdict", reason: "source-changed" });

    await addMornings(athlete, { from: addDays(today, 1), count: 40 });
    const end = addDays(today, 40);
    await score(athleteId, end);
    const scored = (await written(athleteId)).filter(({ date }) => date >= today);
    expect(new Set(scored.map(({ source }) => source))).toEqual(new Set(["morning"]));
    expect(scored.map(({ reason }) => reason).slice(0, 15)).toEqual([
      ...Array(14).fill("source-changed"),
      null,
    ]);
    expect(scored[14]).toMatchObject({ baselineN: 14, baselineGrade: "provisional" });
    expect(scored[30]).toMatchObject({ baselineN: 30, baselineGrade: "firm" });
    // The level of the mornings alone: ln 90, not drawn towards the nights' ln 60.
    expect(Math.abs(scored[30]!.baselineMean! - Math.log(90))).toBeLessThan(0.02);
    expect(scored.at(-1)!.evidence.source).toBe("morning");
  });

  it("is taken back as if it had never been chosen", async () => {
    const { athleteId } = await athleteWithBoth();
    await score(athleteId);
    const before = plain(await written(athleteId));
    const ctx = await person(own.teamId, "owner");
    await chooseSource({ ctx, input: { athleteId, source: "morning", fromDay: today } });
    await score(athleteId);
    await chooseSource({ ctx, input: { athleteId, source: "nightly", fromDay: today } });
    await score(athleteId);
    expect(plain(await written(athleteId))).toEqual(before);
  });

  it("is proposed when firm, until somebody chooses; what is kept is logged too", async () => {
    const { athleteId, teamId } = await athleteWithBoth(31);
    const ctx = await person(teamId, "coach");
    const view = () => viewSource(ctx, { teamId, athleteId, today });
    // Thirty of the days before today; today's reading is not in a baseline yet.
    expect(await view()).toMatchObject({
      current: "nightly",
      since: null,
      counts: { nightly: 60, morning: 30 },
      proposed: "morning",
    });
    await chooseSource({ ctx, input: { athleteId, source: "nightly", fromDay: today } });
    expect(await view()).toMatchObject({ current: "nightly", since: today, proposed: null });
    const audit = await database.owner`
      select detail from audit_log where action = 'athlete/source-chosen' and subject_id = ${athleteId}`;
    expect(audit.map(({ detail }) => detail)).toEqual([{ source: "nightly", fromDay: today }]);
    const events = await database.owner`
      select 1 from outbox where name = 'athlete/day.changed' and data ->> 'athleteId' = ${athleteId}`;
    expect(events).toHaveLength(1);
  });

  it("replaces choices of later days and refuses past ones", async () => {
    const { athleteId, teamId } = await athleteWithBoth(40);
    const ctx = await person(teamId, "coach");
    const choose = (source: "nightly" | "morning", fromDay: string) =>
      chooseSource({ ctx, input: { athleteId, source, fromDay } });
    await choose("morning", addDays(today, 7));
    expect(await viewSource(ctx, { teamId, athleteId, today })).toMatchObject({
      current: "nightly",
      coming: { fromDay: addDays(today, 7), source: "morning" },
    });
    await choose("morning", addDays(today, 2));
    const { choices } = await viewSource(ctx, { teamId, athleteId, today });
    expect(choices.map(({ fromDay }) => fromDay)).toEqual([addDays(today, 2)]);
    await expect(choose("morning", addDays(today, -1))).rejects.toMatchObject({
      code: "bad-input",
      field: "fromDay",
    });
  });

  it("is chosen by coaches of the team alone", async () => {
    const { athleteId } = await athleteWithBoth(1);
    const input = { athleteId, source: "morning", fromDay: today } as const;
    const stranger = await person((await seedSquad(database.db)).teamId, "owner");
    await expect(chooseSource({ ctx: await person(own.teamId, "viewer"), input })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(chooseSource({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
    const job = contextOf(database.db, { now: morningOf(today) });
    await expect(chooseSource({ ctx: job, input })).rejects.toMatchObject({ code: "not-signed-in" });
  });
});

describe("a recording that comes with a sync", () => {
  const clean = Array.from({ length: 200 }, (_, i) =>
    Math.round(1000 + 40 * Math.sin(i * 1.3) + 7 * Math.cos(i * 2.9)),
  );

  async function recorded(athlete: { teamId: string; athleteId: string }, rrMs: number[]) {
    const id = randomUUID();
    await database.db.insert(workouts).values({
      id,
      ...athlete,
      date: today,
      startAt: new Date(`${today}T04:00:00Z`),
      utcOffsetMinutes: 180,
      durationMs: 180_000,
      sport: "other-indoor",
      polar: {} as never,
    });
    await database.db
      .insert(workoutSamples)
      .values({ ...athlete, workoutId: id, kind: "rr", recordingRateS: null, values: rrMs });
    return id;
  }
  const readings = (athleteId: string) =>
    database.owner`select * from morning_readings where athlete_id = ${athleteId} and origin = 'rr-session'`;

  it("is a morning reading before the athlete is scored, once, with the share that was accepted", async () => {
    const athlete = await seedAthlete(database.db, own);
    await seedDays(database.db, athlete, { from: first, days: steadyDays(80) });
    const workoutId = await recorded(athlete, clean.with(50, 2100));
    await score(athlete.athleteId);
    const [reading] = await readings(athlete.athleteId);
    expect(reading).toMatchObject({ workout_id: workoutId, quality: "good" });
    expect(reading?.accepted_share).toBeGreaterThan(0.98);
    expect(reading?.accepted_share).toBeLessThan(1);
    await score(athlete.athleteId);
    expect(await readings(athlete.athleteId)).toEqual([reading]);
  });

  it("is read again when its intervals changed", async () => {
    const athlete = await seedAthlete(database.db, own);
    const workoutId = await recorded(athlete, clean);
    await score(athlete.athleteId);
    const [before] = await readings(athlete.athleteId);
    const wider = clean.map((rr) => 1000 + (rr - 1000) * 2);
    await database.db
      .update(workoutSamples)
      .set({ values: wider })
      .where(eq(workoutSamples.workoutId, workoutId));
    await score(athlete.athleteId);
    const [after] = await readings(athlete.athleteId);
    expect(after?.rmssd_ms / before?.rmssd_ms).toBeCloseTo(2, 1);
  });

  it("is no training: a day with nothing else is a day of rest", async () => {
    const athlete = await seedAthlete(database.db, own);
    const nights = steadyDays(80).map(({ rmssdMs }) => ({ rmssdMs }));
    await seedDays(database.db, athlete, { from: addDays(first, 1), days: nights });
    await recorded(athlete, clean);
    const tomorrow = addDays(today, 1);
    await score(athlete.athleteId, tomorrow);
    expect((await written(athlete.athleteId)).find(({ date }) => date === today)).toMatchObject({ load: 0 });
  });
});
