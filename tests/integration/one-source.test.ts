import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findNight, listNaps } from "@/db/queries/athlete-card";
import { exportPart } from "@/db/queries/export";
import { deletePayloads } from "@/db/queries/retention";
import { readinessDays } from "@/db/schema/readiness";
import { scoredNights, scoredSleeps } from "@/db/schema/scored";
import { sources } from "@/db/schema/source";
import { athletes } from "@/db/schema/squad";
import { naps, nights, sleeps } from "@/db/schema/wearable";
import type { Sourced } from "@/lib/services/payloads/sourced-values";
import { writeValues } from "@/lib/services/payloads/write-values";
import { scoreSquad } from "@/lib/services/readiness/score";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import type { MetricKind } from "@/lib/wearables/metric";
import type { Recorder } from "@/lib/wearables/source";
import type { Night, Sleep } from "@/lib/wearables/types";
import { contextOf, seedAthlete, seedSquad, steadyDays } from "../support/athletes";
import { freshDatabase } from "../support/database";

const today = "2026-05-20";
const now = new Date("2026-05-20T06:00:00Z");
let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const job = () => contextOf(database.db, { now });

type Owner = { teamId: string; athleteId: string };

type Told = { date: CivilDate; rmssdMs?: number | null; metric?: MetricKind; recorder?: Recorder };

const RING: Recorder = { maker: "oura", device: null };

function nightOf({ date, rmssdMs = 60, metric = "rmssd-night-window", recorder }: Told): Night {
  const unknown = { beatToBeatMs: null, breathingPerMin: null, polar: null };
  const none = { rmssdSeries: null, breathingSeries: null };
  return { date, metric, rmssdMs, heartRateBpm: 50, ...unknown, ...none, ...(recorder ? { recorder } : {}) };
}

function sleepOf({ date, recorder }: Told, hours: { from: string; asleepS: number } = NIGHT): Sleep {
  const startAt = `${addDays(date, -1)}T${hours.from}:00Z`;
  const stages = { lightS: null, deepS: null, remS: null, unknownS: null, interruptedS: null };
  return {
    date,
    startAt,
    endAt: new Date(Date.parse(startAt) + hours.asleepS * 1000).toISOString(),
    utcOffsetMinutes: 120,
    asleepS: hours.asleepS,
    ...stages,
    efficiency: null,
    deviceId: null,
    hypnogram: null,
    heartRate: null,
    polar: null,
    ...(recorder ? { recorder } : {}),
  };
}

const NIGHT = { from: "22:00", asleepS: 28_800 };
const NAP = { from: "12:00", asleepS: 1800 };

/** What a parser would hand over. */
function sourced(values: { nights?: Night[]; sleeps?: Sleep[] }): Sourced[] {
  const of = { provider: "polar", fetchedAt: now } as const;
  const { nights: told = [], sleeps: slept = [] } = values;
  return [
    { ...of, payloadId: crypto.randomUUID(), normalised: { kind: "night", values: told, rejected: [] } },
    { ...of, payloadId: crypto.randomUUID(), normalised: { kind: "sleep", values: slept, rejected: [] } },
  ];
}

async function anAthlete(): Promise<Owner & { squadId: string }> {
  const squad = await seedSquad(database.db);
  const athlete = await seedAthlete(database.db, squad);
  await database.db.delete(sources).where(eq(sources.athleteId, athlete.athleteId));
  return { ...athlete, squadId: squad.squadId };
}

const write = (owner: Owner, told: readonly Told[]) =>
  writeValues(
    job(),
    { teamId: owner.teamId, athleteId: owner.athleteId },
    sourced({ nights: told.map(nightOf), sleeps: told.map((one) => sleepOf(one)) }),
  );

/** Consecutive days from one on. */
const span = (from: CivilDate, days: number, of: Omit<Told, "date"> = {}): Told[] =>
  Array.from({ length: days }, (_, day) => ({ ...of, date: addDays(from, day) }));

async function chosen({ athleteId }: Owner): Promise<Record<CivilDate, number>> {
  const rows = await database.db.select().from(scoredNights).where(eq(scoredNights.athleteId, athleteId));
  expect(new Set(rows.map((row) => row.date)).size, "one night a day").toBe(rows.length);
  return Object.fromEntries(rows.map((row) => [row.date, row.sourceId]));
}

const first = addDays(today, -39);

describe("a source", () => {
  test("is made with an athlete's first night, kept for the next, and told apart by maker and device", async () => {
    const athlete = await anAthlete();
    await write(athlete, span(first, 3));
    await write(athlete, span(addDays(first, 3), 3));
    await write(athlete, [
      { date: today, recorder: RING },
      { date: today, recorder: { maker: "garmin", device: "Forerunner 965" } },
      { date: today, recorder: { maker: "garmin", device: "Edge 540" } },
    ]);
    const rows = await database.db.select().from(sources).where(eq(sources.athleteId, athlete.athleteId));
    expect(rows.map(({ id, maker, device }) => [id, maker, device]).toSorted()).toEqual([
      [1, "polar", ""],
      [2, "garmin", "Edge 540"],
      [3, "garmin", "Forerunner 965"],
      [4, "oura", ""],
    ]);
    expect(rows.every(({ teamId }) => teamId === athlete.teamId)).toBe(true);
    const all = await database.db.select().from(nights).where(eq(nights.athleteId, athlete.athleteId));
    expect(all.filter(({ date }) => date === today).map(({ sourceId }) => sourceId)).toHaveLength(3);
  });

  test("is asked for once a page, not once a night", async () => {
    const athlete = await anAthlete();
    await write(athlete, span(first, 1));
    let statements = 0;
    const counting = new Proxy(database.db, {
      get: (db, name) => {
        if (name === "execute" || name === "insert" || name === "select") statements++;
        return Reflect.get(db, name);
      },
    });
    const owner = { teamId: athlete.teamId, athleteId: athlete.athleteId };
    const page = async (days: number) => {
      statements = 0;
      const told = span(addDays(first, 1), days);
      await writeValues({ ...job(), db: counting }, owner, sourced({ nights: told.map(nightOf) }));
      return statements;
    };
    expect(await page(30)).toBe(await page(1));
  });

  test("belongs to its athlete: a night cannot name another's", async () => {
    const [mine, other] = [await anAthlete(), await anAthlete()];
    await write(mine, span(first, 1));
    const row = { ...nightOf({ date: first }), sourceId: 1, receivedAt: now };
    const foreign = { ...row, teamId: other.teamId, athleteId: other.athleteId };
    await expect(database.db.insert(nights).values(foreign)).rejects.toThrow();
  });

  test("goes with the athlete, is in the export, and goes when nothing of it is left", async () => {
    const athlete = await anAthlete();
    await write(athlete, span(first, 3));
    const owner = { teamId: athlete.teamId, athleteId: athlete.athleteId };
    const slept = [sleepOf({ date: first }), sleepOf({ date: first }, NAP)];
    await writeValues(job(), owner, sourced({ sleeps: slept }));
    const left = () => database.db.select().from(naps).where(eq(naps.athleteId, athlete.athleteId));
    expect(await left()).toHaveLength(1);
    const own = () => exportPart(database.db, { ...athlete, part: "sources" });
    expect(await own()).toMatchObject([{ id: 1, provider: "polar", maker: "polar", device: "" }]);
    // Their payloads are not stored: nothing holds what was read from them.
    await deletePayloads(database.db, { ...athlete, ids: [crypto.randomUUID()] });
    expect(await own()).toEqual([]);
    expect(await left()).toEqual([]);
    await write(athlete, span(first, 3));
    expect(await own()).toMatchObject([{ id: 1 }]);
    await database.db.delete(athletes).where(eq(athletes.id, athlete.athleteId));
    for (const table of [sources, nights, sleeps])
      expect(
        await database.db.select().from(table).where(eq(table.athleteId, athlete.athleteId)),
      ).toHaveLength(0);
  });
});

describe("the one night of a day", () => {
  test("of an athlete with one source is every night", async () => {
    const athlete = await anAthlete();
    await write(athlete, span(first, 40));
    expect(Object.keys(await chosen(athlete))).toHaveLength(40);
  });

  test("is of the earlier source, also where that one misses a night; a week without it hands over, a night of it takes back", async () => {
    const athlete = await anAthlete();
    const polar = span(first, 10).filter(({ date }) => date !== addDays(first, 5));
    await write(athlete, polar);
    await write(athlete, span(addDays(first, 3), 20, { recorder: RING }));
    await write(athlete, span(addDays(first, 22), 1));
    const by = await chosen(athlete);
    const of = (day: number) => by[addDays(first, day)];
    expect([of(4), of(5), of(6)]).toEqual([1, undefined, 1]);
    // The last night of the first source is day 9: six days later it still keeps its place.
    expect([of(9), of(10), of(15), of(16), of(21)]).toEqual([1, undefined, undefined, 2, 2]);
    expect(of(22)).toBe(1);
  });

  test("does not depend on what comes after it, nor on the order of arrival", async () => {
    const [one, other] = [await anAthlete(), await anAthlete()];
    const ring = span(addDays(first, 3), 20, { recorder: RING });
    await write(one, span(first, 10));
    await write(one, ring);
    await write(other, span(first, 1));
    await write(other, ring.toReversed());
    await write(other, span(addDays(first, 1), 9).toReversed());
    const before = await chosen(one);
    expect(await chosen(other)).toEqual(before);
    await write(one, span(addDays(first, 30), 3));
    const after = await chosen(one);
    for (const [date, source] of Object.entries(before)) expect(after[date]).toBe(source);
  });

  test("is measured in one way: the preferred one, where a source has several; what is no night is not scored", async () => {
    const athlete = await anAthlete();
    const date = addDays(first, 1);
    await write(athlete, [
      ...span(first, 3, { metric: "rmssd-night-mean", rmssdMs: 70 }),
      { date, metric: "rmssd-night-window", rmssdMs: 50 },
      ...span(first, 10, { metric: "sdnn-spot", rmssdMs: 90 }),
    ]);
    const rows = await database.db
      .select()
      .from(scoredNights)
      .where(eq(scoredNights.athleteId, athlete.athleteId));
    expect(rows.map((row) => [row.date, row.metric]).toSorted()).toEqual([
      [first, "rmssd-night-mean"],
      [date, "rmssd-night-window"],
    ]);
    expect(
      await database.db.select().from(nights).where(eq(nights.athleteId, athlete.athleteId)),
    ).toHaveLength(14);
  });

  test("another source, or another way of measuring, begins another baseline", async () => {
    const athlete = await anAthlete();
    const steady = steadyDays(80).map((day, i) => ({
      date: addDays(today, i - 79),
      rmssdMs: day.rmssdMs ?? null,
    }));
    await write(athlete, steady.slice(0, 60));
    await write(
      athlete,
      steady.slice(60).map((day) => ({ ...day, recorder: RING, metric: "rmssd-night-mean" as const })),
    );
    await scoreSquad({ ctx: job(), input: athlete });
    const dayOn = async (date: CivilDate) => {
      const [row] = await database.db
        .select()
        .from(readinessDays)
        .where(and(eq(readinessDays.athleteId, athlete.athleteId), eq(readinessDays.date, date)));
      return row;
    };
    // Day 60 is the first of the ring, which takes over a week after the last night of the watch.
    expect(await dayOn(addDays(today, -20))).toMatchObject({ baselineN: 59 });
    const takesOver = addDays(today, -20 + 7);
    expect(await dayOn(addDays(takesOver, -1))).toMatchObject({ reason: "no-reading" });
    expect(await dayOn(takesOver)).toMatchObject({
      level: "no-verdict",
      reason: "device-changed",
      baselineN: 0,
    });
    expect(await dayOn(today)).toMatchObject({ reason: "device-changed", baselineN: 13 });
  });
});

describe("sleeps of several sources", () => {
  test("are decided source by source: neither takes the other's night or naps away, and one of them is shown", async () => {
    const athlete = await anAthlete();
    const owner = { teamId: athlete.teamId, athleteId: athlete.athleteId };
    const told = { date: today };
    const ring = { date: today, recorder: RING };
    await writeValues(job(), owner, sourced({ sleeps: [sleepOf(told), sleepOf(told, NAP)] }));
    const longer = { ...NIGHT, asleepS: 30_000 };
    await writeValues(job(), owner, sourced({ sleeps: [sleepOf(ring, longer), sleepOf(ring, NAP)] }));
    const of = (table: typeof sleeps | typeof naps) =>
      database.db.select().from(table).where(eq(table.athleteId, athlete.athleteId));
    expect((await of(sleeps)).map((row) => [row.sourceId, row.asleepS]).toSorted()).toEqual([
      [1, 28_800],
      [2, 30_000],
    ]);
    expect((await of(naps)).map((row) => row.sourceId).toSorted()).toEqual([1, 2]);
    const shown = await database.db
      .select()
      .from(scoredSleeps)
      .where(eq(scoredSleeps.athleteId, athlete.athleteId));
    expect(shown.map((row) => [row.date, row.sourceId])).toEqual([[today, 1]]);
    expect(await findNight(database.db, { ...owner, date: today })).toMatchObject({ asleepS: 28_800 });
    expect(await listNaps(database.db, { ...owner, date: today })).toHaveLength(1);
  });
});

test("the views are read with the rights of whoever asks, and are not written to", async () => {
  const rows = await database.owner`
    select relname, reloptions from pg_class where relname in ('scored_nights', 'scored_sleeps') order by relname`;
  expect(rows.map(({ relname, reloptions }) => [relname, reloptions])).toEqual([
    ["scored_nights", ["security_invoker=true"]],
    ["scored_sleeps", ["security_invoker=true"]],
  ]);
  const [rights] = await database.owner`
    select has_table_privilege('restday_app', 'scored_nights', 'select') as reads,
      has_table_privilege('restday_app', 'scored_nights', 'insert,update,delete') as writes`;
  expect(rights).toEqual({ reads: true, writes: false });
});
