import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "@/db/schema/auth";
import { checkIns } from "@/db/schema/readiness";
import { memberships } from "@/db/schema/team";
import { sleeps } from "@/db/schema/wearable";
import { pearson } from "@/lib/analysis/pearson";
import type { Context, Role } from "@/lib/context";
import { viewCorrelations, viewPoints } from "@/lib/services/analysis/drivers";
import { csvOfAnalysis, viewAnalysis } from "@/lib/services/analysis/squad";
import { scoreSquad } from "@/lib/services/readiness/score";
import { addDays, daysBetween } from "@/lib/time/civil-date";
import { contextOf, seedAthlete, seedDays, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";

const now = new Date("2026-03-20T06:00:00Z");
const today = "2026-03-20";
const DAYS = 120;
const first = addDays(today, 1 - DAYS);
const campDay = addDays(today, -10);

let database: Awaited<ReturnType<typeof freshDatabase>>;
let own: { teamId: string; squadId: string };
let coach: Context;
let stranger: Context;
const ids: string[] = [];

/** A repeatable number from -1 to 1. */
const noise = (seed: number) => {
  const x = Math.sin(seed * 12.9898) * 43758.5453;
  return 2 * (x - Math.floor(x)) - 1;
};

async function person(teamId: string, role: Role): Promise<Context> {
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org` });
  await database.db.insert(memberships).values({ teamId, userId, role });
  return contextOf(database.db, { actor: { kind: "coach", userId, role }, teamId, now });
}

/** Load of each day, and HRV that falls the morning after a hard one; on one day the whole squad is low. */
function daysOf(athlete: number) {
  const load = (day: number) => 80 + 60 * noise(day + 1000 * athlete);
  return Array.from({ length: DAYS }, (_, day) => {
    const low = addDays(first, day) === campDay ? 0.35 : 0;
    const x = Math.log(60) - 0.0015 * (load(day - 1) - 80) + 0.05 * noise(day + 500 + 77 * athlete) - low;
    return { rmssdMs: Math.exp(x), load: load(day) };
  });
}

beforeAll(async () => {
  database = await freshDatabase();
  own = await seedSquad(database.db);
  coach = await person(own.teamId, "viewer");
  stranger = await person((await seedSquad(database.db)).teamId, "owner");
  for (let athlete = 0; athlete < 7; athlete++) {
    const owner = await seedAthlete(database.db, own, { name: `Athlete ${athlete}` });
    ids.push(owner.athleteId);
    // The last athlete is new: too few nights for a z.
    const days = daysOf(athlete);
    const from = athlete === 6 ? DAYS - 5 : 0;
    await seedDays(database.db, owner, { from: addDays(first, from), days: days.slice(from) });
  }
  const athleteId = ids[0]!;
  const owner = { teamId: own.teamId, athleteId };
  await database.db.insert(checkIns).values(
    Array.from({ length: 30 }, (_, day) => ({
      ...owner,
      date: addDays(today, -day),
      lifeStress: 1 + (day % 7),
      fatigue: day < 6 ? 3 : null,
      soreness: 2,
      tags: [],
      answeredAt: now,
    })),
  );
  await database.db.insert(sleeps).values(
    Array.from({ length: 60 }, (_, day) => ({
      ...owner,
      sourceId: 1,
      date: addDays(today, -day),
      startAt: now,
      endAt: now,
      utcOffsetMinutes: 120,
      asleepS: 27_000 + 60 * day,
      polar: {} as never,
    })),
  );
  await scoreSquad({ ctx: contextOf(database.db, { now }), input: { squadId: own.squadId } });
});
afterAll(() => database.close());

const looks = (athleteId: string, what: string) =>
  database.owner`select 1 from access_log where athlete_id = ${athleteId} and what = ${what}`;

describe("what goes with an athlete's HRV", () => {
  const rows = async (athlete = 0) => {
    const view = await viewCorrelations({ ctx: coach, input: { athleteId: ids[athlete]! } });
    return new Map(view?.rows.map((row) => [`${row.id}/${row.lagDays}`, row]));
  };

  it("finds the load of the day before, and not that of two days before", async () => {
    const found = await rows();
    const before = found.get("load/1");
    const earlier = found.get("load-earlier/2");
    if (!before?.enough || !earlier?.enough) throw new Error("there are enough days");
    expect(before.correlation.r).toBeLessThan(-0.6);
    expect(before.pHolm).toBeLessThan(0.05);
    expect(before.correlation.high).toBeLessThan(0);
    // The first firm baseline stands on thirty nights; the last day's load is of no night yet.
    expect(before.correlation.n).toBe(DAYS - 30);
    expect(earlier.pHolm).toBeGreaterThan(0.05);
  });

  it("adjusts for everything shown, and only for what could be tested", async () => {
    const tested = [...(await rows()).values()].flatMap((row) => (row.enough ? row : []));
    expect(tested.map(({ id, lagDays }) => `${id}/${lagDays}`)).toEqual([
      "load/1",
      "load-earlier/2",
      "sleep-duration/0",
      "life-stress/0",
      "life-stress/1",
    ]);
    const smallest = tested.toSorted((a, b) => a.correlation.pCircular - b.correlation.pCircular)[0]!;
    expect(smallest.pHolm).toBeCloseTo(smallest.correlation.pCircular * tested.length, 12);
  });

  it("says how many pairs there are where they are too few, and what never changes", async () => {
    const found = await rows();
    expect(found.get("fatigue/0")).toMatchObject({ enough: false, pairs: 6, needed: 21 });
    expect(found.get("sleep-quality/0")).toMatchObject({ enough: false, pairs: 0 });
    expect(found.get("soreness/0")).toMatchObject({ enough: false, pairs: 30 });
    const short = await rows(6);
    expect([...short.values()].every((row) => !row.enough && row.pairs === 0)).toBe(true);
  });

  it("shows the very days a correlation is made of, each load with the night after it", async () => {
    const before = (await rows()).get("load/1");
    const view = await viewPoints({ ctx: coach, input: { athleteId: ids[0]!, driver: "load-1" } });
    if (!before?.enough) throw new Error("there are enough days");
    expect(view.row).toEqual(before);
    expect(view.points).toHaveLength(before.correlation.n);
    const [x, y] = [view.points.map(({ value }) => value), view.points.map((one) => one.deviation)];
    expect(pearson(x, y)).toBeCloseTo(before.correlation.r, 12);
    const loads = daysOf(0).map(({ load }) => load);
    for (const { date, value } of view.points)
      expect(value).toBeCloseTo(loads[daysBetween(first, date) - 1]!, 3);
    expect(view).toMatchObject({ athlete: { name: "Athlete 0" }, squad: { id: own.squadId } });
  });

  it("shows what points there are when they are too few for a correlation", async () => {
    const at = (driver: string) => viewPoints({ ctx: coach, input: { athleteId: ids[0]!, driver } });
    expect(await at("fatigue-0")).toMatchObject({ row: { enough: false, pairs: 6 } });
    expect((await at("fatigue-0")).points).toHaveLength(6);
    expect((await at("sleep-quality-0")).points).toEqual([]);
  });

  it("writes the look, and is not there for others", async () => {
    await database.owner`delete from access_log`;
    await rows();
    expect(await looks(ids[0]!, "athlete-page")).toHaveLength(1);
    const input = { athleteId: ids[0]! };
    await expect(viewPoints({ ctx: stranger, input: { ...input, driver: "load-1" } })).rejects.toMatchObject({
      code: "not-found",
    });
    for (const driver of ["load-2", "weather-1", "load", ""])
      await expect(viewPoints({ ctx: coach, input: { ...input, driver } })).rejects.toMatchObject({
        code: "not-found",
      });
    await expect(viewCorrelations({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
    const athlete = contextOf(database.db, { actor: { kind: "athlete", ...input }, teamId: own.teamId, now });
    await expect(viewCorrelations({ ctx: athlete, input })).rejects.toMatchObject({ code: "not-signed-in" });
    await expect(viewCorrelations({ ctx: coach, input: { athleteId: "x" } })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("the squad as a population", () => {
  const look = (days = 28) => viewAnalysis({ ctx: coach, input: { squadId: own.squadId, days } });

  it("has one day per date and marks the one on which all were low", async () => {
    const { populations, dates } = await look();
    expect(populations.map(({ source }) => source)).toEqual(["nightly"]);
    const { days } = populations[0]!;
    expect([dates.length, dates.at(-1), days.map(({ date }) => date)]).toEqual([28, today, dates]);
    const camp = days.find(({ date }) => date === campDay)!;
    expect(camp).toMatchObject({ together: "down", shareBelow: 1 });
    expect(camp.z?.n).toBe(6);
    expect(days.filter(({ together }) => together === "down").map(({ date }) => date)).toEqual([campDay]);
  });

  it("counts the change over seven days in own SDs", async () => {
    const [row] = await database.owner`
      select (d.mean7 - b.mean7) / d.baseline_sd as change from readiness_days d
      join readiness_days b on b.athlete_id = d.athlete_id and b.date = d.date - 7
      where d.athlete_id = ${ids[0]!} and d.date = ${today}`;
    const alone = await soloSquad();
    const view = await viewAnalysis({ ctx: coach, input: { squadId: alone, days: 28 } });
    expect(view.populations[0]?.days.at(-1)?.weekChange?.median).toBeCloseTo(row?.change, 9);
    await database.owner`update athletes set squad_id = ${own.squadId}`;
  });

  it("holds each athlete against the others, leaving out who has no z", async () => {
    const { athletes } = (await look(90)).populations[0]!;
    expect(athletes.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5].map((n) => `Athlete ${n}`));
    const zs = athletes
      .slice(1)
      .map(({ z }) => z!)
      .toSorted((a, b) => a - b);
    expect(athletes[0]?.difference).toBeCloseTo(athletes[0]!.z! - zs[2]!, 9);
    expect(athletes[0]?.differences).toHaveLength(90);
    expect(athletes[0]?.usualDifference).toBeCloseTo(
      athletes[0]!.differences.reduce<number>((sum, one) => sum + (one ?? 0), 0) / athletes[0]!.days,
      9,
    );
  });

  it("never puts nights and mornings together", async () => {
    await database.owner`
      update readiness_days set source = 'morning'
      where athlete_id in (${ids[0]!}, ${ids[1]!})`;
    const { populations } = await look();
    expect(populations.map(({ source, athletes }) => [source, athletes.length])).toEqual([
      ["nightly", 4],
      ["morning", 2],
    ]);
    expect(populations[0]?.days.at(-1)?.z?.n).toBe(4);
    const correlations = await viewCorrelations({ ctx: coach, input: { athleteId: ids[0]! } });
    expect(correlations?.source).toBe("morning");
    await database.owner`update readiness_days set source = 'nightly'`;
  });

  it("knows what chance puts below the band: about 16 % on a baseline of 60 days", async () => {
    expect((await look()).chanceBelow).toBeCloseTo(0.163, 3);
  });

  it("leaves out who stopped sharing and writes a look at each athlete shown", async () => {
    await database.owner`delete from access_log`;
    await database.owner`update athletes set stopped_at = ${now} where id = ${ids[5]!}`;
    const view = await look();
    expect(view.populations[0]?.athletes).toHaveLength(5);
    expect(await looks(ids[0]!, "analysis")).toHaveLength(1);
    expect(await looks(ids[5]!, "analysis")).toHaveLength(0);
    await viewAnalysis({ ctx: coach, input: { squadId: own.squadId, days: 28, what: "export" } });
    expect(await looks(ids[0]!, "export")).toHaveLength(1);
    await database.owner`update athletes set stopped_at = null`;
  });

  it("gives the same days as CSV", async () => {
    const lines = csvOfAnalysis(await look())
      .trimEnd()
      .split("\r\n");
    expect(lines).toHaveLength(29);
    expect(new Set(lines.map((line) => line.split(",").length))).toEqual(new Set([14]));
    expect(lines.find((line) => line.startsWith(campDay))).toMatch(/,nightly,6,.*,1,down$/);
  });

  it("is not there for another team", async () => {
    const input = { squadId: own.squadId, days: 28 };
    await expect(viewAnalysis({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
    await expect(viewAnalysis({ ctx: coach, input: { ...input, squadId: "x" } })).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

async function soloSquad(): Promise<string> {
  const [squad] = await database.owner`
    insert into squads (team_id, name, time_zone) values (${own.teamId}, 'Alone', 'Europe/Helsinki') returning id`;
  await database.owner`update athletes set squad_id = ${squad?.id} where id = ${ids[0]!}`;
  return squad?.id;
}
