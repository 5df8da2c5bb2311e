import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dailyRuns, outbox, webhookDeliveries } from "@/db/schema/operation";
import { athletes, squads } from "@/db/schema/squad";
import { listEpisodes } from "@/lib/services/episodes/view";
import { type RelayedEvent, recordEvents, relayOutbox } from "@/lib/services/events/outbox";
import { tidy } from "@/lib/services/jobs/retention";
import { readNews } from "@/lib/services/news/tell";
import { listSquadsToScore, readScoringProgress, scoreSquad } from "@/lib/services/readiness/score";
import { addDays } from "@/lib/time/civil-date";
import { contextOf, flaggedDays, seedAthlete, seedDays, seedSquad } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

let database: Awaited<ReturnType<typeof freshDatabase>>;
const today = "2026-05-20";
const morning = new Date("2026-05-20T04:00:00Z");

beforeAll(async () => {
  stubEnvironment();
  database = await freshDatabase();
});
afterAll(() => database.close());

const job = (now = morning) => contextOf(database.db, { now });
const coachOf = (teamId: string) =>
  contextOf(database.db, {
    actor: { kind: "coach", userId: randomUUID(), role: "viewer" },
    teamId,
    now: morning,
  });

async function flaggedSquad() {
  const squad = await seedSquad(database.db);
  const athlete = await seedAthlete(database.db, squad, { name: "Mateus Aguiar" });
  await seedDays(database.db, athlete, { from: addDays(today, -79), days: flaggedDays() });
  await scoreSquad({ ctx: job(), input: squad });
  return { ...squad, athleteId: athlete.athleteId };
}

test("episodes are read from the stored days as they stood on any day", async () => {
  const squad = await flaggedSquad();
  const ctx = coachOf(squad.teamId);
  const on = async (until: string) => {
    const [athlete] = await listEpisodes({ ctx, input: { ...squad, until } });
    return athlete?.episodes.filter(({ openedOn }) => openedOn >= today);
  };
  expect(await on(addDays(today, -1))).toEqual([]);
  expect(await on(today)).toMatchObject([{ openedOn: today, closedOn: null, level: "flag" }]);
  const athlete = { teamId: squad.teamId, athleteId: squad.athleteId };
  await seedDays(database.db, athlete, {
    from: addDays(today, 1),
    days: [{ rmssdMs: 61, load: 40 }, {}, { rmssdMs: 60, load: 40 }, { rmssdMs: 62, load: 40 }],
  });
  await scoreSquad({ ctx: job(new Date(morning.getTime() + 4 * 86_400_000)), input: squad });
  expect(await on(addDays(today, 3))).toMatchObject([{ closedOn: null }]);
  expect(await on(addDays(today, 4))).toMatchObject([{ openedOn: today, closedOn: addDays(today, 4) }]);
});

test("news and episodes of another team's squad are not there", async () => {
  const squad = await flaggedSquad();
  const ctx = coachOf((await seedSquad(database.db)).teamId);
  const input = { squadId: squad.squadId, until: today, date: today };
  await expect(listEpisodes({ ctx, input })).rejects.toMatchObject({ code: "not-found" });
  await expect(readNews({ ctx, input })).rejects.toMatchObject({ code: "not-found" });
  expect(await readScoringProgress({ ctx, input })).toEqual([]);
});

test("progress tells the invited from the connected and the scored", async () => {
  const squad = await flaggedSquad();
  const { teamId, squadId } = squad;
  await database.db
    .insert(athletes)
    .values({ teamId, squadId, name: "Waiting", email: "waiting@example.org" });
  expect(await readScoringProgress({ ctx: coachOf(teamId), input: { squadId } })).toMatchObject([
    { name: "Mateus Aguiar", connection: "active", backfilled: true, scoredDays: 80 },
    { name: "Waiting", email: "waiting@example.org", connection: null, backfilled: false, scoredDays: 0 },
  ]);
});

test("a squad is due for scoring when its own day turns, once, and never when archived", async () => {
  const squad = await seedSquad(database.db, { timeZone: "America/New_York" });
  const due = async (at: string) =>
    (await listSquadsToScore({ ctx: job(new Date(at)) })).includes(squad.squadId);
  await scoreSquad({ ctx: job(new Date("2026-05-20T12:00:00Z")), input: squad });
  expect(await due("2026-05-21T03:59:00Z")).toBe(false);
  expect(await due("2026-05-21T04:01:00Z")).toBe(true);
  await scoreSquad({ ctx: job(new Date("2026-05-21T04:01:00Z")), input: squad });
  expect(await due("2026-05-21T04:06:00Z")).toBe(false);
  await database.db.update(squads).set({ archivedAt: morning }).where(eq(squads.id, squad.squadId));
  expect(await due("2026-05-22T12:00:00Z")).toBe(false);
});

test("events are handed over once and in order, and wait while the engine is away", async () => {
  await database.db.delete(outbox);
  const ids = ["a", "b", "c"];
  await recordEvents(
    job(),
    ids.map((athleteId) => ({ name: "athlete/day.changed", data: { athleteId } })),
  );
  const { db } = database;
  const away = () => Promise.reject(new Error("away"));
  await expect(relayOutbox({ db, send: away })).rejects.toThrow("away");
  const sent: RelayedEvent[] = [];
  const send = async (events: RelayedEvent[]) => sent.push(...events);
  const counts = await Promise.all([
    relayOutbox({ db, send, limit: 2 }),
    relayOutbox({ db, send, limit: 2 }),
  ]);
  await relayOutbox({ db, send });
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(3);
  expect(sent.map((event) => event.data.athleteId).toSorted()).toEqual(ids);
  expect(new Set(sent.map((event) => event.id)).size).toBe(3);
  expect(await relayOutbox({ db, send })).toBe(0);
});

test("an event that was handed over but not marked keeps its id the second time", async () => {
  await database.db.delete(outbox);
  await recordEvents(job(), [{ name: "mail/queued", data: { mailId: "m" } }]);
  const seen: string[] = [];
  const crash = async (events: RelayedEvent[]) => {
    seen.push(...events.map((event) => event.id));
    throw new Error("killed before marking");
  };
  await expect(relayOutbox({ db: database.db, send: crash })).rejects.toThrow();
  await relayOutbox({
    db: database.db,
    send: async (events) => void seen.push(...events.map((event) => event.id)),
  });
  expect(seen).toHaveLength(2);
  expect(seen[0]).toBe(seen[1]);
});

test("what has served its purpose goes in time, what has not stays", async () => {
  await database.db.delete(outbox);
  await database.db.delete(dailyRuns);
  const old = new Date(morning.getTime() - 61 * 86_400_000);
  await database.db.insert(outbox).values([
    { name: "mail/queued", data: {}, recordedAt: old, relayedAt: old },
    { name: "mail/queued", data: { mailId: "waiting" }, recordedAt: old },
  ]);
  await database.db.insert(dailyRuns).values([
    { key: "scored/x/2026-03-20", ranAt: old },
    { key: "scored/x/2026-05-20", ranAt: morning },
  ]);
  await database.db
    .insert(webhookDeliveries)
    .values({ sha256: "1", event: "SLEEP", body: "{}", known: true, receivedAt: old });
  expect(await tidy({ ctx: job() })).toMatchObject({ outbox: 1, daily_runs: 1, webhook_deliveries: 1 });
  const left = await database.db.select().from(outbox).orderBy(asc(outbox.id));
  expect(left.map((event) => event.data)).toEqual([{ mailId: "waiting" }]);
  expect(await tidy({ ctx: job() })).toMatchObject({ outbox: 0, daily_runs: 0, webhook_deliveries: 0 });
});
