import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrateDatabase } from "@/db/migrate";
import type { History } from "@/db/queries/histories";
import { writeDays } from "@/db/queries/readiness";
import { readinessDays } from "@/db/schema/readiness";
import { scoredNights, scoredSleeps } from "@/db/schema/scored";
import { changedRows, scoreHistory } from "@/lib/services/readiness/history";
import { scoreSquad } from "@/lib/services/readiness/score";
import { addDays, epochDayOf } from "@/lib/time/civil-date";
import { contextOf, steadyDays } from "../support/athletes";
import { databaseAsOf, emptyDatabase } from "../support/older-database";
import { EMPTY_HISTORY } from "../support/readiness/empty-history";

/** The last migration of the release that knew one source of nights only. */
const BEFORE = "0016_page_claimed";

const today = "2026-05-20";
const now = new Date("2026-05-20T06:00:00Z");

const settings = {
  timeZone: "Europe/Helsinki",
  preset: "balanced",
  baselineDays: 60,
  baselineMethod: "mean-sd",
  loadKind: "cardio-load",
  loadRisePercent: 5,
  drift: true,
} as const;

let database: Awaited<ReturnType<typeof databaseAsOf>>;

beforeAll(async () => {
  database = await databaseAsOf(BEFORE);
});
afterAll(() => database.close());

/** Rows of every table that the migration touches, as that release wrote them. The watch changes on the fiftieth night. */
async function fill() {
  const { owner } = database;
  const [teamId, squadId, athleteId, asleepOnlyId, newId] = Array.from({ length: 5 }, () => randomUUID());
  await owner`insert into teams (id, name) values (${teamId!}, 'Fjordline Endurance')`;
  await owner`
    insert into squads (id, team_id, name, time_zone, preset, baseline_days)
    values (${squadId!}, ${teamId!}, 'Fjordline', ${settings.timeZone}, ${settings.preset}, ${settings.baselineDays})`;
  for (const [polarUserId, id, name] of [
    [101, athleteId!, "Ingrid Solheim"],
    [102, asleepOnlyId!, "Sleeps only"],
    [103, newId!, "Nothing yet"],
  ] as const) {
    await owner`insert into athletes (id, team_id, squad_id, name) values (${id}, ${teamId!}, ${squadId!}, ${name})`;
    await owner`
      insert into connections (team_id, athlete_id, polar_user_id, member_id, status, connected_at, backfilled_at)
      values (${teamId!}, ${id}, ${polarUserId}, ${id}, 'active', ${now}, ${now})`;
  }
  const days = steadyDays(70).map((day, i) => ({
    date: addDays(today, i - 69),
    rmssdMs: i === 33 ? null : day.rmssdMs!,
    load: day.load!,
    deviceId: i < 49 ? "0A1B2C" : "9F8E7D",
  }));
  for (const { date, rmssdMs, load, deviceId } of days) {
    await owner`
      insert into nights (team_id, athlete_id, date, rmssd_ms, heart_rate_bpm, ans_charge, payload_id, received_at)
      values (${teamId!}, ${athleteId!}, ${date}, ${rmssdMs}, 48, 1.5, ${randomUUID()}, ${`${date}T05:00:00Z`})`;
    for (const id of [athleteId!, asleepOnlyId!])
      await owner`
        insert into sleeps (team_id, athlete_id, date, start_at, end_at, utc_offset_minutes, asleep_s, device_id, polar)
        values (${teamId!}, ${id}, ${date}, ${`${addDays(date, -1)}T20:00:00Z`}, ${`${date}T04:00:00Z`}, 120, 27000,
          ${deviceId}, '{"sleepScore": 80}')`;
    await owner`
      insert into daily_loads (team_id, athlete_id, date, cardio_load, polar)
      values (${teamId!}, ${athleteId!}, ${date}, ${load}, '{}')`;
  }
  await owner`
    insert into naps (team_id, athlete_id, date, start_at, end_at, utc_offset_minutes, polar)
    values (${teamId!}, ${athleteId!}, ${today}, ${`${today}T11:00:00Z`}, ${`${today}T11:35:00Z`}, 120, '{}')`;
  for (const revision of [1, 2])
    await owner`
      insert into raw_payloads (team_id, athlete_id, stream, resource, provider_key, body, sha256, revision, fetched_at)
      values (${teamId!}, ${athleteId!}, 'nightly-recharge', 'nightly-recharge', ${today}, ${`{"n":${revision}}`},
        ${`${revision}`}, ${revision}, ${now})`;
  await owner`
    insert into stream_states (team_id, athlete_id, stream, found_count, cursor_date, next_due_at)
    values (${teamId!}, ${athleteId!}, 'sleep', 7, ${today}, ${now})`;
  await owner`
    insert into transactions (team_id, athlete_id, connection_id, stream, delivery, state, opened_at)
    select team_id, athlete_id, id, 'exercises', 'transaction', 'open', ${now} from connections
    where athlete_id = ${athleteId!}`;
  await owner`
    insert into webhooks (id, url, events, secret_sealed, active, checked_at)
    values ('w1', 'https://restday.example', '{SLEEP}', 'v1.sealed', true, ${now})`;
  await owner`
    insert into webhook_deliveries (sha256, event, polar_user_id, body, known, received_at)
    values ('a1', 'SLEEP', 1, '{}', true, ${now})`;
  await owner`
    insert into rate_budgets ("window", used, "limit", resets_at, updated_at)
    values ('15-minutes', 3, 500, ${now}, ${now})`;
  return { teamId: teamId!, squadId: squadId!, athleteId: athleteId!, asleepOnlyId: asleepOnlyId!, days };
}

type Filled = Awaited<ReturnType<typeof fill>>;

/** The days as that release scored them: from the same facts, without a word of sources. */
async function scoreAsBefore({ teamId, athleteId, days }: Filled): Promise<void> {
  const dayNumbers = days.map(({ date }) => epochDayOf(date));
  const history: History = {
    ...EMPTY_HISTORY,
    nights: {
      days: dayNumbers,
      rmssdMs: days.map(({ rmssdMs }) => rmssdMs),
      heartRateBpm: days.map(() => 48),
    },
    loads: { days: dayNumbers, load: days.map(({ load }) => load) },
    devices: {
      days: dayNumbers,
      deviceIds: days.map(({ deviceId }) => deviceId),
      utcOffsetMinutes: days.map(() => 120),
    },
  };
  const athlete = { ...settings, teamId, athleteId, history, newest: { days: [], hashes: [] } };
  const rows = changedRows(scoreHistory(athlete, today), {
    settled: undefined,
    stored: new Map(),
    scoredAt: now,
  });
  await writeDays(database.db, rows);
}

const TABLES = [
  "connections",
  "stream_states",
  "transactions",
  "raw_payloads",
  "webhooks",
  "webhook_deliveries",
  "rate_budgets",
  "nights",
  "sleeps",
  "naps",
] as const;

type Columns = Record<string, readonly string[]>;

/** The columns of each table that the migration touches. */
async function columns(): Promise<Columns> {
  const rows = await database.owner<{ table: string; names: string[] }[]>`
    select table_name as table, array_agg(column_name::text) as names from information_schema.columns
    where table_schema = 'public' and table_name in ${database.owner([...TABLES])} group by table_name`;
  return Object.fromEntries(rows.map(({ table, names }) => [table, names]));
}

/** Every row of those tables, in some columns: those that came since are left out. */
async function contents(of: Columns): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await database.owner`select to_jsonb(t) as row from ${database.owner(table)} t`;
    found[table] = rows
      .map(({ row }) => JSON.stringify(of[table]?.map((name) => [name, row[name]])))
      .toSorted();
  }
  return found;
}

test("a database of one source of nights keeps every row, and no day of it is scored again", async () => {
  const filled = await fill();
  await scoreAsBefore(filled);
  const { athleteId, asleepOnlyId, squadId, days } = filled;
  const known = await columns();
  const before = await contents(known);
  const daysBefore = await database.db.select().from(readinessDays).orderBy(readinessDays.date);
  expect(daysBefore).toHaveLength(70);
  expect(daysBefore.filter(({ reason }) => reason === "device-changed").length, "the watch changed").toBe(14);

  await database.update();

  expect(await contents(known)).toEqual(before);
  const sources = await database.owner`
    select athlete_id, id, provider, maker, device, first_seen_at from sources order by first_seen_at, athlete_id`;
  const seen = { id: 1, provider: "polar", maker: "polar", device: "" };
  expect(
    sources.toSorted((a, b) => (a.athlete_id === athleteId ? -1 : b.athlete_id === athleteId ? 1 : 0)),
  ).toEqual([
    { athlete_id: athleteId, ...seen, first_seen_at: new Date(`${days[0]!.date}T04:00:00Z`) },
    { athlete_id: asleepOnlyId, ...seen, first_seen_at: new Date(`${days[0]!.date}T04:00:00Z`) },
  ]);
  const kinds = await database.owner`select distinct source_id, metric from nights`;
  expect([...kinds]).toEqual([{ source_id: 1, metric: "rmssd-night-window" }]);
  for (const table of ["sleeps", "naps"])
    expect([...(await database.owner`select distinct source_id from ${database.owner(table)}`)]).toEqual([
      { source_id: 1 },
    ]);
  for (const view of [scoredNights, scoredSleeps])
    expect(await database.db.select().from(view).where(eq(view.athleteId, athleteId))).toHaveLength(70);

  const ctx = contextOf(database.db, { now });
  expect(await scoreSquad({ ctx, input: { squadId } })).toEqual({ athletes: 3, daysWritten: 71 });
  const daysAfter = await database.db
    .select()
    .from(readinessDays)
    .where(eq(readinessDays.athleteId, athleteId))
    .orderBy(readinessDays.date);
  expect(daysAfter).toEqual(daysBefore);
});

test("parts that start at once on an empty database wait for the one that migrates", async () => {
  const { url, close } = await emptyDatabase();
  try {
    await Promise.all([1, 2, 3].map(() => migrateDatabase({ ownerUrl: url })));
    const owner = postgres(url, { max: 1, onnotice: () => {} });
    const applied = await owner`select hash from drizzle.__drizzle_migrations`;
    expect(new Set(applied.map(({ hash }) => hash)).size).toBe(applied.length);
    await owner.end();
  } finally {
    await close();
  }
});

test("keys of nights, sleeps and payloads tell apart what they have to, and nothing more", async () => {
  const { owner } = database;
  /** Writes a row of a table once more, with other values. */
  const again = (table: string, set: Record<string, string | number>) =>
    owner`insert into ${owner(table)}
      select (jsonb_populate_record(null::${owner(table)}, to_jsonb(t) || ${owner.json(set)})).* from ${owner(table)} t
      limit 1`;
  const twice = { code: "23505" };
  const unknown = { code: "23503" };
  for (const table of ["nights", "sleeps", "naps"]) {
    await expect(again(table, {})).rejects.toMatchObject(twice);
    await expect(again(table, { source_id: 2 }), "no such source").rejects.toMatchObject(unknown);
  }
  await again("nights", { metric: "sdnn-spot" });
  await expect(again("raw_payloads", { id: randomUUID() })).rejects.toMatchObject(twice);
  await again("raw_payloads", { id: randomUUID(), provider: "another" });
  for (const table of ["stream_states", "rate_budgets", "webhooks"]) {
    await expect(again(table, {})).rejects.toMatchObject(twice);
    await again(table, { provider: "another" });
  }
  for (const table of ["transactions", "webhook_deliveries"]) {
    await expect(again(table, { id: randomUUID() })).rejects.toMatchObject(twice);
    await again(table, { id: randomUUID(), provider: "another" });
  }
  // An athlete has one connection at a time, whoever the provider is.
  await expect(
    again("connections", { id: randomUUID(), polar_user_id: 1, provider: "another" }),
  ).rejects.toMatchObject(twice);
});
