import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { users } from "@/db/schema/auth";
import { memberships } from "@/db/schema/team";
import { workoutSamples, workouts } from "@/db/schema/wearable";
import type { Context, Role } from "@/lib/context";
import { morningReading } from "@/lib/hrv/morning-reading";
import { purgeAthletes } from "@/lib/services/athletes/manage";
import { importTable, previewTable } from "@/lib/services/readings/import-table";
import { changeRule, DEFAULT_RULE, removeReading } from "@/lib/services/readings/keep";
import { ReadingInputError } from "@/lib/services/readings/read-readings";
import { readSessions } from "@/lib/services/readings/read-sessions";
import { readUpload } from "@/lib/services/readings/recordings";
import {
  chooseColumn,
  countTable,
  findRecording,
  UPLOADS_PER_HOUR,
  uploadRecording,
} from "@/lib/services/readings/uploads";
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
  const send = (text: string, ctx = coach, date = "2026-03-19") =>
    uploadRecording({ ctx, input: { athleteId, date, bytes: new TextEncoder().encode(text) } });
  const read = (uploadId: string) => readUpload({ ctx: job(), input: { uploadId } });
  const found = (uploadId?: string, ctx = coach) =>
    findRecording({ ctx, input: { athleteId, ...(uploadId ? { uploadId } : {}) } });
  const file = async (uploadId: string) => {
    const [row] = await database.owner`select file, state from reading_uploads where id = ${uploadId}`;
    return row;
  };
  const readings = async () => (await stored()).filter(({ origin }) => origin === "rr-file");

  async function uploaded(text: string) {
    const { uploadId } = await send(text);
    await read(uploadId);
    return { uploadId, upload: await found(uploadId) };
  }

  it("waits for the job, then becomes the reading of its day, beside an uploaded one of another origin", async () => {
    const { uploadId } = await send(clean.join("\n"));
    expect(await found(uploadId)).toEqual({ id: uploadId, date: "2026-03-19", state: "waiting" });
    expect(await readings()).toHaveLength(0);
    const [asked] = await database.owner`select data from outbox where name = 'reading/uploaded'`;
    expect(asked?.data).toEqual({ uploadId });
    expect(await read(uploadId)).toEqual({ done: "reading" });
    const expected = morningReading(clean);
    expect(await found()).toMatchObject({
      id: uploadId,
      state: "read",
      outcome: {
        kind: "reading",
        reading: { rmssdMs: expected.rmssdMs, quality: "good", reasons: [], beats: 200, column: null },
      },
    });
    const [row] = await readings();
    expect(row).toMatchObject({
      rmssd_ms: expected.rmssdMs,
      sdnn_ms: expected.sdnnMs,
      accepted_share: expected.acceptedShare,
      body: clean.join("\n"),
    });
    expect(await stored()).toHaveLength(3);
  });

  it("is dropped once it was read, and not read twice", async () => {
    const { uploadId } = await uploaded(clean.join("\n"));
    expect(await file(uploadId)).toEqual({ file: null, state: "read" });
    expect(await read(uploadId)).toEqual({ done: "nothing" });
    expect(await read(randomUUID())).toEqual({ done: "nothing" });
    expect(await readings()).toHaveLength(1);
  });

  it("that is no reading says why and is not stored", async () => {
    await database.owner`delete from morning_readings where origin = 'rr-file'`;
    const { upload } = await uploaded(broken.join("\n"));
    expect(upload).toMatchObject({
      outcome: {
        kind: "reading",
        reading: { quality: "rejected", reasons: expect.arrayContaining(["artefacts"]) },
      },
    });
    expect(await readings()).toHaveLength(0);
  });

  it("that cannot be read names line and reason", async () => {
    const { uploadId, upload } = await uploaded(clean.with(41, Number.NaN).join("\n").replace("NaN", "9x3"));
    const problems = [{ line: 42, field: "rr", problem: "no-number" }];
    expect(upload).toMatchObject({ outcome: { kind: "refused", problems, headings: [] } });
    expect(await file(uploadId)).toEqual({ file: null, state: "read" });
  });

  it("whose columns are not known is kept until its person says which it is", async () => {
    const text = `time;value;pulse\n${clean.map((rr, i) => `${i * 990};${rr};61`).join("\n")}`;
    const { uploadId, upload } = await uploaded(text);
    expect(upload).toMatchObject({ outcome: { kind: "refused", headings: ["time", "value", "pulse"] } });
    const choice = { athleteId, uploadId, column: 1 };
    await expect(chooseColumn({ ctx: self, input: choice })).rejects.toMatchObject({ code: "not-found" });
    await expect(chooseColumn({ ctx: viewer, input: choice })).rejects.toMatchObject({ code: "forbidden" });
    await chooseColumn({ ctx: coach, input: choice });
    await read(uploadId);
    expect(await found(uploadId)).toMatchObject({ outcome: { reading: { column: "value", beats: 200 } } });
    expect(await readings()).toHaveLength(1);
    await expect(chooseColumn({ ctx: coach, input: choice })).rejects.toMatchObject({ code: "not-found" });
  });

  it("is refused at once from a day to come, when empty or too large, and from others", async () => {
    const text = clean.join("\n");
    await expect(send(text, coach, "2026-03-21")).rejects.toMatchObject({ field: "date" });
    await expect(send(text, coach, "soon")).rejects.toMatchObject({ code: "bad-input", field: "date" });
    await expect(send("")).rejects.toMatchObject({ problems: [{ problem: "empty" }] });
    await expect(send("1000\n".repeat(150_000))).rejects.toMatchObject({
      problems: [{ problem: "too-large" }],
    });
    await expect(send(text, viewer)).rejects.toMatchObject({ code: "forbidden" });
    await expect(send(text, stranger)).rejects.toMatchObject({ code: "not-found" });
    await expect(read((await send(text)).uploadId)).resolves.toEqual({ done: "reading" });
    await expect(readUpload({ ctx: coach, input: { uploadId: randomUUID() } })).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("of one person is not another's to see", async () => {
    const { uploadId } = await send(clean.join("\n"), self);
    expect(await found(uploadId, self)).toMatchObject({ state: "waiting" });
    expect(await found(uploadId, coach)).toBeNull();
    await expect(found(uploadId, stranger)).rejects.toMatchObject({ code: "not-found" });
  });

  it("has room among so many an hour, also when they come at once, and again later", async () => {
    await database.owner`delete from reading_uploads`;
    const all = await Promise.allSettled(
      Array.from({ length: UPLOADS_PER_HOUR + 5 }, (_, i) =>
        i % 2 ? send(clean.join("\n"), self) : countTable({ ctx: self, input: { athleteId } }),
      ),
    );
    const refusals = all.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(refusals).toHaveLength(5);
    for (const refusal of refusals)
      expect(refusal).toMatchObject({ code: "too-many", retryAt: new Date(now.getTime() + 3_600_000) });
    await expect(send(clean.join("\n"), coach)).resolves.toBeDefined();
    const later = { ...self, now: new Date(now.getTime() + 3_600_001) };
    await expect(send(clean.join("\n"), later)).resolves.toBeDefined();
  });
});

describe("files that an earlier version has read", () => {
  const rows = () =>
    database.owner`select date::text as date, rmssd_ms, quality from morning_readings order by date`;
  const old = (date: string, body: string, rmssdMs: number) =>
    database.owner`insert into morning_readings (team_id, athlete_id, date, origin, rmssd_ms, quality, body, created_at)
      values (${own.teamId}, ${athleteId}, ${date}, 'rr-file', ${rmssdMs}, 'good', ${body}, ${now})`;

  it("are read again once, and what is no reading any more is shown as such", async () => {
    await clear();
    await old("2026-03-01", clean.with(0, 2400).join("\n"), 110);
    await old("2026-03-02", broken.join("\n"), 480);
    await old("2026-03-03", "no intervals", 50);
    await readSessions({ ctx: job(), input: { athleteId } });
    const [mended, rejected, kept] = await rows();
    expect(mended).toMatchObject({ quality: "good" });
    expect(Math.abs(mended?.rmssd_ms / morningReading(clean).rmssdMs! - 1)).toBeLessThan(0.02);
    expect(rejected).toMatchObject({ quality: "rejected" });
    expect(kept).toMatchObject({ quality: "good", rmssd_ms: 50 });
    expect(await readSessions({ ctx: job(), input: { athleteId } })).toMatchObject({ changed: 0 });
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
