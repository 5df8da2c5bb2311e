import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "@/db/schema/auth";
import { memberships } from "@/db/schema/team";
import { workoutSamples, workouts } from "@/db/schema/wearable";
import type { Context, Role } from "@/lib/context";
import { morningReading } from "@/lib/hrv/morning-reading";
import { purgeAthletes } from "@/lib/services/athletes/purge";
import { importRr } from "@/lib/services/readings/import-rr";
import { importTable } from "@/lib/services/readings/import-table";
import { previewTable } from "@/lib/services/readings/preview-table";
import { ReadingInputError } from "@/lib/services/readings/problems";
import { readSessions } from "@/lib/services/readings/read-sessions";
import { removeReading } from "@/lib/services/readings/remove";
import { changeRule, DEFAULT_RULE } from "@/lib/services/readings/rule";
import { viewReadings } from "@/lib/services/readings/view";
import { contextOf, seedAthlete, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";

const now = new Date("2026-03-20T08:00:00Z");

let database: Awaited<ReturnType<typeof freshDatabase>>;
let own: { teamId: string; squadId: string };
let athleteId: string;
let coach: Context;
let viewer: Context;
let stranger: Context;
let self: Context;
const job = () => contextOf(database.db, { now });

async function person(teamId: string, role: Role): Promise<Context> {
  const userId = randomUUID();
  await database.db.insert(users).values({ id: userId, email: `${userId}@example.org` });
  await database.db.insert(memberships).values({ teamId, userId, role });
  return contextOf(database.db, { actor: { kind: "coach", userId, role }, teamId, now });
}

beforeAll(async () => {
  database = await freshDatabase();
  own = await seedSquad(database.db);
  athleteId = (await seedAthlete(database.db, own)).athleteId;
  coach = await person(own.teamId, "coach");
  viewer = await person(own.teamId, "viewer");
  stranger = await person((await seedSquad(database.db)).teamId, "owner");
  self = contextOf(database.db, { actor: { kind: "athlete", athleteId }, teamId: own.teamId, now });
});
afterAll(() => database.close());

const stored = () => database.owner`select * from morning_readings order by date, origin`;
const clear = () => database.owner`delete from morning_readings`;
const table = "date,rMSSD,HR\n2026-03-17,71.3,48\n2026-03-18,-,-\n2026-03-19,64.9,50\n";

async function imported(text: string, ctx = coach) {
  const { columns } = await previewTable({ ctx, input: { athleteId, text } });
  return importTable({ ctx, input: { athleteId, text, columns } });
}

/** Breathing round a heart rate of 60: nothing to correct. */
const clean = Array.from({ length: 200 }, (_, i) =>
  Math.round(1000 + 40 * Math.sin(i * 1.3) + 7 * Math.cos(i * 2.9)),
);
/** Every third beat missed: no reading. */
const broken = clean.map((rr, i) => (i % 3 === 0 ? rr * 2 : rr));

describe("an uploaded table", () => {
  it("is shown before anything is stored", async () => {
    const preview = await previewTable({ ctx: coach, input: { athleteId, text: table } });
    expect(preview).toMatchObject({ headings: ["date", "rMSSD", "HR"], blank: 1, repeated: 0, problems: [] });
    expect(preview.readings).toHaveLength(2);
    expect(await stored()).toHaveLength(0);
  });

  it("is stored with the line it came from, and changes nothing the second time", async () => {
    expect(await imported(table)).toEqual({ stored: 2, unchanged: 0 });
    expect(await imported(table)).toEqual({ stored: 0, unchanged: 2 });
    const rows = await stored();
    expect(
      rows.map(({ date, origin, rmssd_ms, heart_rate_bpm, quality }) => [
        date,
        origin,
        rmssd_ms,
        heart_rate_bpm,
        quality,
      ]),
    ).toEqual([
      [expect.anything(), "csv", 71.3, 48, "unknown"],
      [expect.anything(), "csv", 64.9, 50, "unknown"],
    ]);
    expect(rows[0]?.body).toBe("2026-03-17,71.3,48");
    expect(await database.owner`select 1 from outbox where name = 'athlete/day.changed'`).toHaveLength(1);
    expect(
      await database.owner`select 1 from audit_log where action = 'athlete/readings-imported'`,
    ).toHaveLength(1);
  });

  it("takes the place of an earlier upload of the same day", async () => {
    expect(await imported(table.replace("64.9", "62"))).toEqual({ stored: 1, unchanged: 1 });
    expect((await stored())[1]?.rmssd_ms).toBe(62);
  });

  it("with one bad line is refused as a whole, naming line and field", async () => {
    await clear();
    const bad = `${table}2026-03-16,sixty,50\n`;
    const refused = await imported(bad).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ReadingInputError);
    expect(refused).toMatchObject({ code: "bad-input", field: "line 5, rmssdMs" });
    expect(await stored()).toHaveLength(0);
  });

  it("may come from the athlete, not from a viewer, another team or another athlete", async () => {
    expect(await imported(table, self)).toEqual({ stored: 2, unchanged: 0 });
    await expect(imported(table, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(imported(table, stranger)).rejects.toMatchObject({ code: "not-found" });
    const actor = { kind: "athlete", athleteId: randomUUID() } as const;
    const other = contextOf(database.db, { actor, teamId: own.teamId, now });
    await expect(imported(table, other)).rejects.toMatchObject({ code: "not-found" });
    await expect(imported(table, job())).rejects.toMatchObject({ code: "not-signed-in" });
  });
});

describe("an RR file", () => {
  const upload = (rrMs: readonly number[], date = "2026-03-19") =>
    importRr({ ctx: coach, input: { athleteId, date, text: rrMs.join("\n") } });

  it("becomes the reading of its day, beside an uploaded one of another origin", async () => {
    const expected = morningReading(clean);
    expect(await upload(clean)).toEqual({
      rmssdMs: expected.rmssdMs,
      heartRateBpm: expected.meanHrBpm,
      acceptedShare: expected.acceptedShare,
      quality: "good",
      beats: 200,
    });
    const [row] = (await stored()).filter(({ origin }) => origin === "rr-file");
    expect(row).toMatchObject({
      rmssd_ms: expected.rmssdMs,
      sdnn_ms: expected.sdnnMs,
      body: clean.join("\n"),
    });
    expect(await stored()).toHaveLength(3);
  });

  it("is refused with too many artefacts, or from a day to come", async () => {
    await expect(upload(broken)).rejects.toMatchObject({ problems: [{ field: "rr", problem: "rejected" }] });
    await expect(upload(clean, "2026-03-21")).rejects.toMatchObject({ field: "date" });
    await expect(upload(clean, "soon")).rejects.toMatchObject({ code: "bad-input", field: "date" });
    expect((await stored()).filter(({ origin }) => origin === "rr-file")).toHaveLength(1);
  });
});

type Session = { at: string; minutes: number; sport?: string; rrMs?: (number | null)[] };

async function session({ at, minutes, sport = "other-indoor", rrMs = clean }: Session): Promise<void> {
  const owner = { teamId: own.teamId, athleteId };
  const id = randomUUID();
  await database.db.insert(workouts).values({
    id,
    ...owner,
    date: at.slice(0, 10),
    startAt: new Date(at),
    utcOffsetMinutes: 120,
    durationMs: minutes * 60_000,
    sport,
    polar: {} as never,
  });
  await database.db
    .insert(workoutSamples)
    .values({ ...owner, workoutId: id, kind: "rr", recordingRateS: null, values: rrMs });
}

describe("synced recordings", () => {
  it("count when sport, duration and time of day say that somebody lay still", async () => {
    await clear();
    await session({ at: "2026-03-10T05:00:00Z", minutes: 3, rrMs: [...clean, null] });
    await session({ at: "2026-03-10T06:00:00Z", minutes: 3, rrMs: broken });
    await session({ at: "2026-03-11T05:00:00Z", minutes: 3, rrMs: broken });
    await session({ at: "2026-03-12T05:00:00Z", minutes: 40 });
    await session({ at: "2026-03-13T05:00:00Z", minutes: 3, sport: "running" });
    await session({ at: "2026-03-14T10:30:00Z", minutes: 3 });
    expect(await readSessions({ ctx: job(), input: { athleteId } })).toEqual({ changed: 2, found: 2 });
    expect(await readSessions({ ctx: job(), input: { athleteId } })).toEqual({ changed: 0, found: 2 });
    const rows = await stored();
    expect(rows.map(({ origin, quality }) => [origin, quality])).toEqual([
      ["rr-session", "good"],
      ["rr-session", "rejected"],
    ]);
    expect(rows[0]).toMatchObject({ rmssd_ms: morningReading(clean).rmssdMs, body: null });
    expect(rows[0]?.workout_id).not.toBeNull();
  });

  it("follow the squad's own rule, there and back", async () => {
    const change = (rule: typeof DEFAULT_RULE, ctx = coach) =>
      changeRule({ ctx, input: { squadId: own.squadId, ...rule } });
    await change({ sports: ["running"], shortestS: 120, longestS: 360 });
    await readSessions({ ctx: coach, input: { athleteId } });
    expect(
      (await viewReadings({ ctx: viewer, input: { athleteId } })).entries.map(({ date }) => date),
    ).toEqual(["2026-03-13"]);
    await expect(change({ ...DEFAULT_RULE, longestS: 100 })).rejects.toMatchObject({ field: "longestS" });
    await expect(change(DEFAULT_RULE, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(change(DEFAULT_RULE, stranger)).rejects.toMatchObject({ code: "not-found" });
    await change(DEFAULT_RULE);
    await readSessions({ ctx: coach, input: { athleteId } });
    expect(await stored()).toHaveLength(2);
  });
});

describe("the list of readings", () => {
  it("shows the latest first and counts usable mornings of sixty days", async () => {
    await imported("date,rmssd\n2026-01-02,60\n2026-03-01,61\n2026-03-10,62\n");
    const view = await viewReadings({ ctx: viewer, input: { athleteId } });
    expect(view.entries.map(({ date, origin }) => `${date} ${origin}`)).toEqual([
      "2026-03-11 rr-session",
      "2026-03-10 csv",
      "2026-03-10 rr-session",
      "2026-03-01 csv",
      "2026-01-02 csv",
    ]);
    // 10 March counts once, 11 March was rejected, 2 January is too long ago.
    expect(view.standing).toEqual({ mornings: 2, of: 60, needed: 30 });
    expect(await database.owner`select 1 from access_log where athlete_id = ${athleteId}`).not.toHaveLength(
      0,
    );
    await expect(viewReadings({ ctx: stranger, input: { athleteId } })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(viewReadings({ ctx: self, input: { athleteId } })).rejects.toMatchObject({
      code: "not-signed-in",
    });
  });

  it("loses an uploaded reading that is taken away", async () => {
    const input = { athleteId, date: "2026-03-01", origin: "csv" } as const;
    await expect(removeReading({ ctx: viewer, input })).rejects.toMatchObject({ code: "forbidden" });
    await removeReading({ ctx: coach, input });
    await expect(removeReading({ ctx: coach, input })).rejects.toMatchObject({ code: "not-found" });
    const view = await viewReadings({ ctx: viewer, input: { athleteId } });
    expect(view.entries.some(({ date }) => date === "2026-03-01")).toBe(false);
  });

  it("is gone with the athlete, and shut after stopping", async () => {
    await database.owner`update athletes set stopped_at = ${now} where id = ${athleteId}`;
    await expect(viewReadings({ ctx: viewer, input: { athleteId } })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(imported(table)).rejects.toMatchObject({ code: "not-found" });
    expect(await readSessions({ ctx: job(), input: { athleteId } })).toEqual({ changed: 0, found: 0 });
    await database.owner`update athletes set delete_after = ${now} where id = ${athleteId}`;
    await purgeAthletes({ ctx: job() });
    expect(await stored()).toHaveLength(0);
  });
});
