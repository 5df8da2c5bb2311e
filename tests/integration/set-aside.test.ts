import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { users } from "@/db/schema/auth";
import { connections } from "@/db/schema/connection";
import { rawPayloads } from "@/db/schema/payload";
import { naps, nights, physicalInfos, sleeps, workouts } from "@/db/schema/wearable";
import type { Actor } from "@/lib/context";
import { viewAthlete } from "@/lib/services/athletes/view";
import { viewProgress } from "@/lib/services/own-page/progress";
import { reprocess } from "@/lib/services/payloads/reprocess";
import { listTransactions } from "@/lib/services/sync/ledger";
import { startSimulator } from "@/simulator/server";
import { contextOf } from "@/tests/support/athletes";
import { factsOf } from "../faults/state";
import {
  connectedAthlete,
  control,
  DEFAULT_STREAMS,
  freshInstallation,
  type Installation,
  pointAt,
  sync,
} from "./sync-support";

const now = "2026-11-21T06:00:00Z";
/** The installation's clock; a later sync is later. */
let clock = new Date(now);
let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let userId: string;

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", fixedNow: now });
  pointAt(sim);
  at = await freshInstallation(() => clock);
  userId = randomUUID();
  await at.db.insert(users).values({ id: userId, email: "line@example.org" });
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

const asActor = (actor: Actor) => contextOf(at.db, { actor, teamId: at.squad.teamId, now: new Date(now) });
const asCoach = () => asActor({ kind: "coach", userId, role: "owner" });

/** Polar as it was at the beginning, and nobody connected. */
async function freshStart(knobs: object): Promise<void> {
  await control(sim)("/reset", {});
  await control(sim)("/knobs", knobs);
  await at.db.delete(connections);
  clock = new Date(now);
}

async function syncAnHourLater(athleteId: string): Promise<void> {
  clock = new Date(clock.getTime() + 3_600_000);
  await at.owner`update stream_states set next_due_at = ${now} where athlete_id = ${athleteId}`;
  await sync(at, athleteId);
}

/** Answers lists of a family with what no reader understands, and asks once. */
async function syncWith(login: string, input: { pathPattern: string; body: unknown; streams: string[] }) {
  await freshStart({});
  const athleteId = await connectedAthlete(at, sim, { login, streams: input.streams });
  await control(sim)("/faults", {
    match: { method: "GET", pathPattern: input.pathPattern, login },
    times: 50,
    status: 200,
    body: JSON.stringify(input.body),
  });
  await sync(at, athleteId);
  await fetch(`${sim.url}/_sim/faults`, { method: "DELETE" });
  return athleteId;
}

test("what cannot be read is counted as set aside, not as stored, wherever counts are", async () => {
  const recharge = (date: string) => ({ date, heart_rate_variability_avg: 61, heart_rate_avg: 53 });
  const athleteId = await syncWith("aino", {
    pathPattern: "^/v3/users/nightly-recharge",
    streams: ["nightly-recharge"],
    body: { recharges: [recharge("2026-11-20"), recharge("2026-02-30"), recharge("2062-01-01"), { a: 1 }] },
  });
  const rows = await at.db.select().from(nights).where(eq(nights.athleteId, athleteId));
  expect(rows).toHaveLength(1);
  const [entry] = await listTransactions({ ctx: asCoach(), input: { athleteId } });
  expect(entry).toMatchObject({ storedCount: 1, quarantinedCount: 3 });
  const page = await viewAthlete({ ctx: asCoach(), input: { athleteId, days: 90, locale: "en" } });
  if ("stopped" in page) throw new Error("the athlete has not stopped");
  expect(page.sync[0]).toMatchObject({ storedCount: 1, quarantinedCount: 3 });
  const { streams } = await viewProgress({ ctx: asActor({ kind: "athlete", athleteId }) });
  expect(streams[0]).toMatchObject({ found: 4, read: 1, aside: 3 });
});

test("99,999 ms is never stored as an RMSSD, and a value that is not used in scoring is not today's HRV", async () => {
  const athleteId = await syncWith("bram", {
    pathPattern: "^/v3/users/nightly-recharge",
    streams: ["nightly-recharge"],
    body: {
      recharges: [
        { date: "2026-11-20", heart_rate_variability_avg: 99_999, heart_rate_avg: 53, ans_charge_status: 9 },
        {
          date: "2026-11-19",
          heart_rate_variability_avg: 700,
          hrv_samples: { "23:10": 61, "23:15": 99_999 },
        },
      ],
    },
  });
  const rows = await at.db.select().from(nights).where(eq(nights.athleteId, athleteId)).orderBy(nights.date);
  expect(rows.map((row) => row.rmssdMs)).toEqual([700, null]);
  expect(rows[0]?.rmssdSeries?.points).toEqual([
    [0, 61],
    [5, null],
  ]);
  expect(rows[1]).toMatchObject({ heartRateBpm: 53, ansChargeStatus: 9 });
});

test.each(["before-night", "after-night"])("a nap %s is kept beside the night", async (order) => {
  await freshStart({ naps: order });
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep"] });
  await sync(at, athleteId);
  const asleep = await at.db.select().from(sleeps).where(eq(sleeps.athleteId, athleteId));
  const napped = await at.db.select().from(naps).where(eq(naps.athleteId, athleteId));
  expect(asleep.length).toBeGreaterThan(20);
  expect(napped.length).toBeGreaterThan(5);
  expect(asleep.filter((row) => row.endAt.getTime() - row.startAt.getTime() < 3 * 3_600_000)).toEqual([]);
  expect(napped.every((row) => row.asleepS === 2100)).toBe(true);
  const payloads = () =>
    at.db
      .select({ id: rawPayloads.id })
      .from(rawPayloads)
      .where(and(eq(rawPayloads.athleteId, athleteId), eq(rawPayloads.stream, "sleep")));
  const before = (await payloads()).length;
  await syncAnHourLater(athleteId);
  expect(await payloads()).toHaveLength(before);
  const date = napped
    .map((row) => row.date)
    .sort()
    .at(-1);
  const page = await viewAthlete({ ctx: asCoach(), input: { athleteId, days: 90, locale: "en", day: date } });
  if ("stopped" in page) throw new Error("the athlete has not stopped");
  expect(page.naps).toMatchObject([{ asleepS: 2100 }]);
  const night = asleep.find((row) => row.date === date);
  expect(page.night?.asleepS).toBe(night?.asleepS);
});

test.each([
  { bodyModified: "truncated", singlePrecision: true },
  { bodyModified: "rounded" },
  { bodyModified: "later" },
  { startTimes: "zulu" },
])("the rows are the same whatever Polar's channels differ in: %o", async (knobs) => {
  const facts = async (change: object) => {
    await freshStart(change);
    const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: DEFAULT_STREAMS });
    await control(sim)("/users/aino/weight", { weightKg: 61.7 });
    await control(sim)("/users/aino/session", { date: "2026-11-20", startTime: "17:00", minutes: 50 });
    await sync(at, athleteId);
    return { athleteId, facts: await factsOf(at.db, athleteId) };
  };
  const plain = await facts({});
  const differing = await facts(knobs);
  expect(differing.facts).toEqual(plain.facts);
});

test("a session that is edited at Polar stays one session, and rebuilding changes nothing", async () => {
  await freshStart({});
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["exercises"] });
  const added = { date: "2026-11-20", startTime: "17:00", minutes: 50 };
  const { id } = await control(sim)<{ id: number }>("/users/aino/session", added);
  await sync(at, athleteId);
  const mine = () => at.db.select().from(workouts).where(eq(workouts.athleteId, athleteId));
  const before = (await mine()).filter((row) => row.polarTransactionItemId === id);
  expect(before).toHaveLength(1);
  const count = (await mine()).length;
  const edit = { id, minutes: 40, startMinute: 17 * 60 + 4, sport: "CYCLING" };
  const edited = await control(sim)<{ id: number }>("/users/aino/session/edit", edit);
  await syncAnHourLater(athleteId);
  const after = await mine();
  expect(after).toHaveLength(count);
  expect(after.find((row) => row.id === before[0]?.id)).toMatchObject({
    polarTransactionItemId: edited.id,
    earlierItemIds: [id],
    polarHashId: before[0]?.polarHashId,
    sport: "cycling",
  });
  const input = { athleteId, stream: null, since: null, mode: "write" } as const;
  const { athletes } = await reprocess({ ctx: at.job(), input });
  expect(athletes[0]?.differences).toEqual([]);
});

test("rows that an earlier version doubled are one after they are read again, twice over", async () => {
  await freshStart({});
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: DEFAULT_STREAMS });
  await control(sim)("/users/aino/weight", { weightKg: 61.7 });
  await control(sim)("/users/aino/session", { date: "2026-11-20", startTime: "17:00", minutes: 50 });
  await sync(at, athleteId);
  const facts = await factsOf(at.db, athleteId);
  await at.owner`
    insert into physical_infos (team_id, athlete_id, recorded_at, weight_kg, polar, payload_id)
    select team_id, athlete_id, recorded_at + interval '400 milliseconds', weight_kg, polar, payload_id
    from physical_infos where athlete_id = ${athleteId}`;
  await at.owner`
    insert into workouts (team_id, athlete_id, polar_transaction_item_id, date, start_at, utc_offset_minutes, duration_ms, sport, polar, payload_id)
    select team_id, athlete_id, polar_transaction_item_id + 1, date, start_at, utc_offset_minutes, duration_ms + 60000, sport, polar, payload_id
    from workouts where athlete_id = ${athleteId} order by start_at desc limit 1`;
  await at.owner`update raw_payloads set parser_version = 3 where athlete_id = ${athleteId}`;
  expect(await factsOf(at.db, athleteId)).not.toEqual(facts);
  const name = (await readdir("db/migrations")).find((file) => file.endsWith("_read_again.sql"));
  const repair = await readFile(`db/migrations/${name}`, "utf8");
  for (const statement of repair.split("--> statement-breakpoint")) await at.owner.unsafe(statement);
  const asked = await at.owner`select data from outbox where name = 'athlete/reprocess.requested'`;
  expect(asked.map((row) => row.data)).toContainEqual({ athleteId });
  const again = () =>
    reprocess({ ctx: at.job(), input: { athleteId, stream: null, since: null, mode: "write" } });
  await again();
  expect(await factsOf(at.db, athleteId)).toEqual(facts);
  expect((await again()).athletes[0]?.differences).toEqual([]);
  const bodies = await at.db.select().from(physicalInfos).where(eq(physicalInfos.athleteId, athleteId));
  const today = bodies.filter((row) => row.recordedAt >= new Date("2026-11-21T00:00:00Z"));
  expect(today.map((row) => [row.recordedAt.toISOString(), row.weightKg])).toEqual([
    ["2026-11-21T06:00:00.000Z", 61.7],
  ]);
});
