import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { morningCsv } from "@/components/squad/morning-csv";
import type { Context } from "@/lib/context";
import { viewBody } from "@/lib/services/athletes/body";
import { viewRoster } from "@/lib/services/athletes/manage";
import { viewPayload } from "@/lib/services/payloads/store";
import { scoreSquad } from "@/lib/services/readiness/score";
import { viewConnections } from "@/lib/services/squads/connections";
import { daysCsv } from "@/lib/services/squads/csv";
import { viewHeatmap } from "@/lib/services/squads/heatmap";
import { viewSquad } from "@/lib/services/squads/view";
import { settleWorkoutLoads } from "@/lib/services/workouts/loads";
import { viewWorkout } from "@/lib/services/workouts/view";
import { addDays } from "@/lib/time/civil-date";
import { contextOf, seedAthlete, seedDays, seedSquad, steadyDays } from "../support/athletes";
import { freshDatabase } from "../support/database";

const now = new Date("2026-03-20T06:00:00Z");
const today = "2026-03-20";
const ids = { aino: "", bram: "", workout: "", payload: "" };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let squad: { teamId: string; squadId: string };
let owner: Context;
let coach: Context;
let stranger: Context;

beforeAll(async () => {
  database = await freshDatabase();
  const { db } = database;
  squad = await seedSquad(db);
  const elsewhere = await seedSquad(db, { name: "Elsewhere" });
  owner = await member(squad.teamId, "owner");
  coach = await member(squad.teamId, "coach");
  stranger = await member(elsewhere.teamId, "owner");
  ids.aino = (await seedAthlete(db, squad, { name: "Aino" })).athleteId;
  ids.bram = (await seedAthlete(db, squad, { name: "Bram" })).athleteId;
  const days = steadyDays(70);
  days[69] = { rmssdMs: 35, load: 300 };
  days[68] = { ...days[68]!, load: 400 };
  await seedDays(db, { ...squad, athleteId: ids.aino }, { from: addDays(today, -69), days });
  await seedDays(db, { ...squad, athleteId: ids.bram }, { from: addDays(today, -19), days: steadyDays(18) });
  await scoreSquad({ ctx: contextOf(db, { now }), input: { squadId: squad.squadId } });
  await seedDetails();
});

afterAll(() => database.close());

async function member(teamId: string, role: "owner" | "coach"): Promise<Context> {
  const email = `${randomUUID()}@example.org`;
  const [user] = await database.owner`insert into users (email) values (${email}) returning id`;
  await database.owner`insert into memberships (team_id, user_id, role) values (${teamId}, ${user?.id}, ${role})`;
  return contextOf(database.db, { actor: { kind: "coach", userId: user?.id, role }, teamId, now });
}

async function seedDetails(): Promise<void> {
  const { owner: sql } = database;
  const { teamId } = squad;
  const polar = sql.json({
    sport: "RUNNING",
    muscleLoad: 120,
    perceivedLoad: 80,
    userRpe: "RPE_5",
    runningIndex: 58,
  });
  const [payload] = await sql`
    insert into raw_payloads (team_id, athlete_id, stream, resource, provider_key, body, sha256, revision, fetched_at)
    values (${teamId}, ${ids.aino}, 'exercises', 'exercise', '1', '{"id":1}', 'sha', 1, ${now}) returning id`;
  ids.payload = payload?.id;
  await sql`
    insert into quarantined_fields (team_id, athlete_id, raw_payload_id, path, reason, parser_version, quarantined_at)
    values (${teamId}, ${ids.aino}, ${ids.payload}, 'heart-rate.average', 'expected a number', 1, ${now})`;
  const [workout] = await sql`
    insert into workouts (team_id, athlete_id, date, start_at, utc_offset_minutes, duration_ms, sport, polar, payload_id)
    values (${teamId}, ${ids.aino}, ${today}, '2026-03-20T04:30:00Z', 120, 600000, 'running', ${polar}, ${ids.payload})
    returning id`;
  ids.workout = workout?.id;
  const values = Array.from({ length: 600 }, (_, i) => (i < 300 ? 120 : 150));
  await sql`
    insert into workout_samples (team_id, athlete_id, workout_id, kind, recording_rate_s, "values")
    values (${teamId}, ${ids.aino}, ${ids.workout}, 'heart-rate', 1, ${sql.json(values)}),
      (${teamId}, ${ids.aino}, ${ids.workout}, 'speed', 1, ${sql.json(values.map(() => null))})`;
  await sql`
    insert into stream_states (team_id, athlete_id, stream, last_success_at, error_code) values
      (${teamId}, ${ids.aino}, 'exercises', ${now}, null), (${teamId}, ${ids.aino}, 'sleep', ${now}, null),
      (${teamId}, ${ids.bram}, 'sleep', ${now}, 'provider-unauthorised')`;
  await sql`update connections set status = 'needs-reconnection' where athlete_id = ${ids.bram}`;
  await sql`
    insert into physical_infos (team_id, athlete_id, recorded_at, weight_kg, polar)
    values (${teamId}, ${ids.aino}, ${now}, 61.5, '{}')`;
  await sql`
    insert into daily_activities (team_id, athlete_id, date, steps, polar)
    values (${teamId}, ${ids.aino}, ${today}, 8123, ${sql.json({ zoneS: [600, 300] })})`;
}

const looksAt = async (what: string) =>
  (await database.owner`select 1 from access_log where athlete_id = ${ids.aino} and what = ${what}`).length;

describe("the heatmap", () => {
  it("has a cell for every day that was scored, and none before", async () => {
    const view = await viewHeatmap({ ctx: coach, input: { squadId: squad.squadId, days: 28 } });
    const [aino, bram] = view.athletes;
    expect([aino?.name, aino?.nights, bram?.name, bram?.nights]).toEqual(["Aino", 28, "Bram", 18]);
    expect(bram?.cells.slice(0, 8)).toEqual(Array(8).fill(null));
    expect(aino?.cells.at(-1)).toMatchObject({ date: today, level: "recovery", load: 300 });
    expect(view.mornings.at(-1)).toEqual({ recovery: 1, flag: 0, unexplained: 0 });
    expect(await looksAt("heatmap")).toBe(1);
  });

  it("counts mailed levels only among days on a firm baseline", async () => {
    const view = await viewHeatmap({ ctx: coach, input: { squadId: squad.squadId, days: 28 } });
    expect(view.observed.judged).toBe(28);
    expect(view.observed.flagged).toBeGreaterThanOrEqual(1);
  });

  it("is not there for another team", async () => {
    const input = { squadId: squad.squadId, days: 28 };
    await expect(viewHeatmap({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the connections page", () => {
  it("puts what somebody has to act on first, and says what", async () => {
    const view = await viewConnections({ ctx: coach, input: { squadId: squad.squadId } });
    expect(view.athletes.map(({ name, remedy }) => [name, remedy])).toEqual([
      ["Bram", "reauthorise"],
      ["Aino", "quarantine"],
    ]);
    expect(view.columns).toEqual(["sleep", "exercises"]);
    expect(view.athletes[1]?.streams.map((stream) => stream?.state)).toEqual(["committed", "quarantined"]);
    expect(view.athletes[0]?.streams).toEqual([expect.objectContaining({ state: "refused" }), null]);
    expect(view.inOrder).toEqual({ streams: 1, of: 3, refused: 1, quarantined: 1, open: 0 });
  });

  it("holds no value of a payload", async () => {
    const view = await viewConnections({ ctx: coach, input: { squadId: squad.squadId } });
    expect(JSON.stringify(view)).not.toContain('{"id":1}');
  });

  it("is not there for another team", async () => {
    const input = { squadId: squad.squadId };
    await expect(viewConnections({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a raw payload", () => {
  it("is for owners, byte for byte, and written down", async () => {
    const input = { payloadId: ids.payload };
    expect(await viewPayload({ ctx: owner, input })).toMatchObject({ body: '{"id":1}', athleteName: "Aino" });
    expect(await looksAt("raw-payload")).toBe(1);
    await expect(viewPayload({ ctx: coach, input })).rejects.toMatchObject({ code: "forbidden" });
    await expect(viewPayload({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("a session", () => {
  const open = (ctx: Context) => viewWorkout({ ctx, input: { athleteId: ids.aino, workoutId: ids.workout } });

  it("leaves silent series out and gives five-minute means of the others", async () => {
    const view = await open(coach);
    expect(view.series.map(({ kind }) => kind)).toEqual(["heart-rate"]);
    expect(view.splits.map(({ means }) => means["heart-rate"])).toEqual([120, 150]);
    expect(view.startedAt).toBe("06:30");
    expect(await looksAt("workout")).toBe(1);
  });

  it("tells what each kind of load lacks, once it was weighed", async () => {
    expect((await open(coach)).loads).toEqual([]);
    await settleWorkoutLoads(contextOf(database.db, { now }), [ids.aino]);
    expect((await open(coach)).loads).toEqual([
      { kind: "banister", load: null, missing: ["heart-rate-max", "heart-rate-rest", "sex"] },
      { kind: "edwards", load: null, missing: ["heart-rate-max"] },
      { kind: "session-rpe", load: null, missing: ["rpe"] },
    ]);
  });

  it("shows the way to the payload to owners alone, and nothing to another team", async () => {
    expect((await open(coach)).payloadIds).toEqual([]);
    expect((await open(owner)).payloadIds).toEqual([ids.payload]);
    await expect(open(stranger)).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("body and activity", () => {
  it("holds what Polar told, and running indices of sessions", async () => {
    const view = await viewBody({ ctx: coach, input: { athleteId: ids.aino } });
    expect(view.body).toMatchObject([{ weightKg: 61.5 }]);
    expect(view.activity).toMatchObject([{ date: today, steps: 8123, zoneS: [600, 300] }]);
    expect(view.runningIndex).toEqual([{ date: today, runningIndex: 58 }]);
    const input = { athleteId: ids.aino };
    await expect(viewBody({ ctx: stranger, input })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the roster", () => {
  it("names who is connected, to their own team alone", async () => {
    const input = { squadId: squad.squadId };
    expect((await viewRoster({ ctx: coach, input })).map(({ name }) => name)).toEqual(["Aino", "Bram"]);
    expect(await viewRoster({ ctx: stranger, input })).toEqual([]);
  });
});

describe("exports", () => {
  it("write a line per athlete of the morning, and an export to the access log", async () => {
    const input = { squadId: squad.squadId, locale: "en-GB", what: "export" } as const;
    const view = await viewSquad({ ctx: coach, input });
    const [heading, ...lines] = morningCsv(view, view.rows).trim().split("\r\n");
    expect(heading?.split(",").slice(0, 4)).toEqual(["date", "athlete", "group", "level"]);
    expect(lines.map((line) => line.split(",").slice(0, 4).join())).toEqual([
      `${today},Aino,,recovery`,
      `${today},Bram,,no-verdict`,
    ]);
    expect(await looksAt("export")).toBe(1);
  });

  it("write a line per athlete and day of the heatmap", async () => {
    const view = await viewHeatmap({
      ctx: coach,
      input: { squadId: squad.squadId, days: 7, what: "export" },
    });
    expect(daysCsv(view).trim().split("\r\n")).toHaveLength(1 + 7 + 7);
  });
});
