import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { connections } from "@/db/schema/connection";
import { mails } from "@/db/schema/mail";
import { dailyRuns, jobFailures, outbox, owed, upkeep, webhooks } from "@/db/schema/operation";
import { backtests, readinessDays } from "@/db/schema/readiness";
import { readingUploads } from "@/db/schema/reading";
import { athletes, squads } from "@/db/schema/squad";
import { nights } from "@/db/schema/wearable";
import { inngest, transport } from "@/inngest/client";
import { closeJobDatabase } from "@/inngest/context";
import { createEmbeddedEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/functions/index";
import { OWED_EVENTS, type OwedEvent } from "@/lib/events";
import { purgeAthletes } from "@/lib/services/athletes/manage";
import { askForSeasons } from "@/lib/services/backtest/ask";
import { readBacktestHistory } from "@/lib/services/backtest/history";
import { recordEvents, relayOutbox } from "@/lib/services/events/outbox";
import { recordJobFailure } from "@/lib/services/jobs/failures";
import { tidy } from "@/lib/services/jobs/retention";
import { queueMail } from "@/lib/services/mail/queue";
import { sweepOwed } from "@/lib/services/owed/sweep";
import { scoreSquad } from "@/lib/services/readiness/score";
import { requestSync } from "@/lib/services/sync/cycle";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { type Mailbox, startMailbox } from "@/scripts/mailbox/mailbox";
import { startSimulator } from "@/simulator/server";
import { contextOf, seedAthlete, seedDays, seedSquad, silent, steadyDays } from "../support/athletes";
import { stubEnvironment } from "../support/environment";
import { connectedAthlete, control, freshInstallation, hold, type Installation, sync } from "./sync-support";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

let at: Installation;
let sim: Awaited<ReturnType<typeof startSimulator>>;
let mailbox: Mailbox;
const folder = mkdtempSync(join(tmpdir(), "restday-owed-"));

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", history: "documented" });
  mailbox = await startMailbox({ httpPort: 0, smtpPort: 0, folder });
  at = await freshInstallation();
});

beforeEach(async () => {
  stubEnvironment({
    DATABASE_URL: at.url,
    SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}`,
    POLAR_API_URL: sim.url,
    POLAR_CLIENT_ID: sim.clientId,
    POLAR_CLIENT_SECRET: sim.clientSecret,
    APP_URL: "https://restday.example",
  });
  // A job of the test before may still be at work and lock the same tables in another order.
  await vi.waitFor(
    () => at.owner`truncate outbox, owed, upkeep, daily_runs, squads, mails, job_failures cascade`,
    { timeout: 20_000, interval: 500 },
  );
  await at.owner`insert into squads (id, team_id, name, time_zone)
    values (${at.squad.squadId}, ${at.squad.teamId}, 'Fjordline', 'Europe/Helsinki')`;
  await control(sim)("/reset", {});
  await at.db.execute(sql`delete from rate_budgets`);
});

afterAll(async () => {
  await closeJobDatabase();
  await mailbox.close();
  await at.close();
  await sim.close();
  rmSync(folder, { recursive: true, force: true });
});

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS);

/** A sweep that finds every kind. */
async function sweepAt(now: Date) {
  const errors: unknown[] = [];
  const log = Object.assign(Object.create(silent), { error: (error: unknown) => errors.push(error) });
  const swept = await sweepOwed({ ctx: { ...contextOf(at.db, { now }), log } });
  expect(errors).toEqual([]);
  return swept;
}

/** What an engine does that accepted everything and lost it. */
const loseEvents = () => at.db.delete(outbox);

const waiting = async (event: string) =>
  (await at.db.select().from(outbox).where(eq(outbox.name, event))).map((row) => row.data);

/** Eighty steady days of somebody in a squad of their own. */
async function steadyAthlete() {
  const squad = await seedSquad(at.db, { timeZone: "UTC" });
  const athlete = await seedAthlete(at.db, squad);
  const from = addDays(civilDateIn(new Date(), "UTC"), -79);
  await seedDays(at.db, athlete, { from, days: steadyDays(80) });
  return { ...squad, ...athlete };
}

const scoredDays = (athleteId: string) =>
  at.db.select().from(readinessDays).where(eq(readinessDays.athleteId, athleteId));

const nightsOf = (athleteId: string) => at.db.select().from(nights).where(eq(nights.athleteId, athleteId));

/** Each kind: makes something owed, and says how it looks when it was done. */
const CASES = {
  "athlete/sync.requested": async () => {
    const athleteId = await connectedAthlete(at, sim, { login: "aino" });
    return async () => expect((await nightsOf(athleteId)).length).toBeGreaterThan(5);
  },
  "athlete/day.changed": async () => {
    const { athleteId } = await steadyAthlete();
    await recordEvents(at.job(), [{ name: "athlete/day.changed", data: { athleteId } }]);
    return async () => expect(await scoredDays(athleteId)).toHaveLength(80);
  },
  "athlete/reprocess.requested": async () => {
    const athleteId = await connectedAthlete(at, sim, { login: "aino" });
    await sync(at, athleteId);
    const before = (await nightsOf(athleteId)).length;
    await at.db.delete(nights);
    await recordEvents(at.job(), [{ name: "athlete/reprocess.requested", data: { athleteId } }]);
    return async () => expect(await nightsOf(athleteId)).toHaveLength(before);
  },
  "reading/uploaded": async () => {
    const { athleteId, teamId } = await steadyAthlete();
    const file = Buffer.from(Array.from({ length: 300 }, (_, i) => 900 + (i % 7) * 10).join("\n"));
    const upload = {
      teamId,
      athleteId,
      personId: randomUUID(),
      kind: "recording",
      state: "waiting",
    } as const;
    const date = civilDateIn(new Date(), "UTC");
    await at.db
      .insert(readingUploads)
      .values({ ...upload, date, file: file.toString("base64"), uploadedAt: new Date() });
    return async () =>
      expect(await at.db.select().from(readingUploads)).toMatchObject([{ state: "read", file: null }]);
  },
  "mail/queued": async () => {
    const input = { toEmail: "a@example.org", subject: "", html: "<p></p>", text: "x" };
    await queueMail({ ctx: at.job(), input: { ...input, kind: "invitation", key: randomUUID() } });
    return async () => expect(await at.db.select().from(mails)).toMatchObject([{ state: "sent" }]);
  },
  "squad/settings.changed": async () => {
    const { squadId, athleteId } = await steadyAthlete();
    await scoreSquad({ ctx: at.job(), input: { squadId } });
    await at.db.update(squads).set({ preset: "quiet" }).where(eq(squads.id, squadId));
    await recordEvents(at.job(), [{ name: "squad/settings.changed", data: { squadId } }]);
    return async () =>
      expect((await scoredDays(athleteId)).map((day) => day.preset)).toEqual(Array(80).fill("quiet"));
  },
  "squad/scoring.due": async () => {
    const { athleteId } = await steadyAthlete();
    return async () => expect(await scoredDays(athleteId)).toHaveLength(80);
  },
  "squad/backtest.requested": async () => {
    const { squadId, teamId } = await steadyAthlete();
    await scoreSquad({ ctx: at.job(), input: { squadId } });
    const wanted = { teamId, squadId, baselineDays: 60, until: addDays(civilDateIn(new Date(), "UTC"), -1) };
    const { inputHash } = await readBacktestHistory(at.job(), wanted);
    await askForSeasons(at.job(), { ...wanted, inputHash });
    return async () =>
      expect(await at.db.select().from(backtests).where(eq(backtests.squadId, squadId))).toMatchObject([
        { progressPercent: 100, finishedAt: expect.any(Date) },
      ]);
  },
  "installation/deregistrations.due": async () => {
    const athleteId = await connectedAthlete(at, sim, { login: "aino" });
    const revokedAt = inMinutes(-2);
    await at.db.update(connections).set({ status: "revoked", revokedAt });
    return async () => {
      const rows = await at.db.select().from(connections).where(eq(connections.athleteId, athleteId));
      expect(rows).toMatchObject([{ accessTokenSealed: null }]);
      const { athletes: known } = await control(sim)<{ athletes: { login: string; registered: boolean }[] }>(
        "/athletes",
      );
      expect(known.find(({ login }) => login === "aino")?.registered).toBe(false);
    };
  },
  "installation/erasure.due": async () => {
    const { athleteId } = await steadyAthlete();
    const stoppedAt = inMinutes(-60);
    await at.db.update(athletes).set({ stoppedAt, deleteAfter: inMinutes(-1) });
    return async () =>
      expect(await at.db.select().from(athletes).where(eq(athletes.id, athleteId))).toEqual([]);
  },
  "installation/retention.due": async () => {
    await at.db.insert(dailyRuns).values({ key: "old", ranAt: new Date(Date.now() - 61 * DAY_MS) });
    return async () =>
      expect(await at.db.select().from(dailyRuns).where(eq(dailyRuns.key, "old"))).toEqual([]);
  },
  "installation/webhook-check.due": async () => {
    await control(sim)("/knobs", { pingSignature: false });
    await at.db.delete(webhooks);
    return async () =>
      expect(await at.db.select().from(upkeep).where(eq(upkeep.task, "webhook-check"))).toHaveLength(1);
  },
  "installation/backtests.due": async () => async () =>
    expect(await at.db.select().from(upkeep).where(eq(upkeep.task, "backtests"))).toHaveLength(1),
} satisfies Record<OwedEvent, () => Promise<() => Promise<unknown>>>;

describe("what an engine lost is done anyway", () => {
  let engine: ReturnType<typeof createEmbeddedEngine>;
  beforeAll(async () => {
    stubEnvironment({ DATABASE_URL: at.url });
    engine = createEmbeddedEngine({
      client: inngest,
      transport,
      functions,
      url: at.url,
      log: silent,
      backoff: () => 10,
    });
    await engine.start();
  });
  afterAll(() => engine.stop());

  test.each(OWED_EVENTS)("%s", async (event) => {
    const isDone = await CASES[event]();
    await loseEvents();
    await sweepAt(inMinutes(3));
    expect((await waiting(event)).length).toBeGreaterThan(0);
    await vi.waitFor(
      async () => {
        await relayOutbox({ db: at.db, send: (events) => engine.send(events) });
        await isDone();
        expect(await at.db.select().from(owed).where(eq(owed.event, event))).toEqual([]);
      },
      { timeout: 30_000, interval: 200 },
    );
  });

  test("twenty-five requests behind a sync that does not end are one run that waits", async () => {
    const athleteId = await connectedAthlete(at, sim, { login: "aino" });
    const held = await hold(sim, { pathPattern: "^/v3/users" });
    const relay = () => relayOutbox({ db: at.db, send: (events) => engine.send(events) });
    await relay();
    await held.reached();
    for (let cycle = 0; cycle < 25; cycle += 1) {
      const data = { athleteId, reason: cycle % 2 === 0 ? "due" : "webhook" };
      await recordEvents(at.job(), [{ name: "athlete/sync.requested", data }]);
      await relay();
    }
    const open = await at.db.execute<{ state: string }>(sql`
      select state from engine.runs where function_id = 'restday-sync-athlete' and state in ('queued', 'active')
        and event->'data'->>'athleteId' = ${athleteId} order by state`);
    expect([...open]).toEqual([{ state: "active" }, { state: "queued" }]);
    await held.letGo();
    const mine = and(eq(owed.event, "athlete/sync.requested"), eq(owed.subject, athleteId));
    await expect.poll(async () => at.db.select().from(owed).where(mine), { timeout: 20_000 }).toEqual([]);
  });
});

test("many requests for one athlete become one, and a person's makes it urgent", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await loseEvents();
  await at.db.delete(owed);
  const ask = (reason: string) =>
    recordEvents(at.job(), [{ name: "athlete/sync.requested", data: { athleteId, reason } }]);
  for (let cycle = 0; cycle < 25; cycle += 1) await ask("due");
  await requestSync({
    ctx: contextOf(at.db, {
      actor: { kind: "athlete", athleteId },
      teamId: at.squad.teamId,
      now: new Date(),
    }),
    input: { athleteId },
  });
  expect(await waiting("athlete/sync.requested")).toHaveLength(1);
  expect(await at.db.select().from(owed)).toMatchObject([{ data: { reason: "asked" } }]);
  await sync(at, athleteId);
  await ask("due");
  expect(await waiting("athlete/sync.requested")).toHaveLength(2);
});

test("a request during the work is one more, and the work's end does not take it away", async () => {
  const { athleteId } = await steadyAthlete();
  const event = { name: "athlete/day.changed", data: { athleteId } } as const;
  await recordEvents(at.job(), [event]);
  await at.db.update(owed).set({ begunAt: inMinutes(-1) });
  await recordEvents(at.job(), [event]);
  expect(await waiting(event.name)).toHaveLength(2);
  expect(await at.db.select().from(owed)).toMatchObject([{ begunAt: null }]);
});

test("what waits to be handed over, or stands in the engine's queue, is not asked for again", async () => {
  const { athleteId } = await steadyAthlete();
  await recordEvents(at.job(), [{ name: "athlete/day.changed", data: { athleteId } }]);
  for (const minutes of [3, 60, 600]) await sweepAt(inMinutes(minutes));
  expect(await waiting("athlete/day.changed")).toHaveLength(1);
  await loseEvents();
  const run = { name: "athlete/day.changed", data: { athleteId } };
  const id = randomUUID();
  await at.db.execute(sql`
    insert into engine.runs (id, function_id, event, state)
    values (${id}, 'restday-score-athlete', ${JSON.stringify(run)}::text::jsonb, 'queued')`);
  await sweepAt(inMinutes(700));
  expect(await waiting("athlete/day.changed")).toEqual([]);
  await at.db.execute(sql`delete from engine.runs where id = ${id}`);
  await sweepAt(inMinutes(700));
  expect(await waiting("athlete/day.changed")).toHaveLength(1);
});

test("an engine that loses everything for a day is asked ever more rarely", async () => {
  const { athleteId } = await steadyAthlete();
  await recordEvents(at.job(), [{ name: "athlete/day.changed", data: { athleteId } }]);
  let asked = 0;
  for (let minute = 1; minute <= 24 * 60; minute += 15) {
    await loseEvents();
    const { asked: now } = await sweepAt(inMinutes(minute));
    asked += now["athlete/day.changed"] ?? 0;
  }
  expect(asked).toBeGreaterThan(6);
  expect(asked).toBeLessThan(16);
});

test("work that began and never ended is asked for again after its time", async () => {
  const { athleteId } = await steadyAthlete();
  await recordEvents(at.job(), [{ name: "athlete/day.changed", data: { athleteId } }]);
  await loseEvents();
  await at.db.update(owed).set({ begunAt: new Date() });
  await sweepAt(inMinutes(14));
  expect(await waiting("athlete/day.changed")).toEqual([]);
  await sweepAt(inMinutes(16));
  expect(await waiting("athlete/day.changed")).toHaveLength(1);
});

test("an athlete whose sync died is asked for as soon as the lease has run out", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await loseEvents();
  await at.db.delete(owed);
  await at.db.execute(sql`
    insert into sync_leases (athlete_id, holder, expires_at)
    values (${athleteId}, gen_random_uuid(), clock_timestamp() + interval '2 seconds')`);
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "held" });
  await sweepAt(new Date());
  expect(await waiting("athlete/sync.requested")).toEqual([]);
  await expect
    .poll(
      async () => {
        await sweepAt(new Date());
        return waiting("athlete/sync.requested");
      },
      { timeout: 5_000, interval: 250 },
    )
    .toHaveLength(1);
  expect(await sync(at, athleteId)).toMatchObject({ outcome: "synced" });
});

/** Does at once what was asked, at the moment given: a machine whose jobs are quick. */
async function workAt(now: Date): Promise<void> {
  const ctx = contextOf(at.db, { now });
  await sweepOwed({ ctx });
  const names = (await at.db.delete(outbox).returning()).map((row) => row.name);
  if (names.includes("installation/erasure.due")) await purgeAthletes({ ctx });
  if (names.includes("installation/retention.due")) await tidy({ ctx });
}

test("a machine that runs from nine to five deletes and tidies every day", async () => {
  const leaving = await Promise.all([1, 2, 3].map(async (day) => ({ day, ...(await steadyAthlete()) })));
  const midnight = (day: number) => Date.parse("2026-03-02T00:00:00Z") + day * DAY_MS;
  for (const { day, athleteId } of leaving) {
    // In the night before: nothing runs then.
    const deleteAfter = new Date(midnight(day) + 3 * HOUR_MS);
    const stoppedAt = new Date(midnight(0));
    await at.db.update(athletes).set({ stoppedAt, deleteAfter }).where(eq(athletes.id, athleteId));
    await at.db
      .insert(dailyRuns)
      .values({ key: `day ${day}`, ranAt: new Date(midnight(day - 60) + 3 * HOUR_MS) });
  }
  for (let day = 0; day <= 3; day += 1) {
    for (let hour = 9; hour < 17; hour += 1) await workAt(new Date(midnight(day) + hour * HOUR_MS));
    const left = leaving.filter((one) => one.day > day);
    expect((await at.db.select().from(athletes)).map((row) => row.id).sort()).toEqual(
      left.map((one) => one.athleteId).sort(),
    );
    const kept = (await at.db.select().from(dailyRuns)).filter(({ key }) => key.startsWith("day "));
    expect(kept.map(({ key }) => key).sort()).toEqual(left.map((one) => `day ${one.day}`).sort());
  }
});

test("a clock that was a year ahead and is set back stops nothing", async () => {
  const { athleteId, squadId } = await steadyAthlete();
  const inAYear = inMinutes(365 * 24 * 60);
  const ahead = contextOf(at.db, { now: inAYear });
  await tidy({ ctx: ahead });
  await recordEvents(ahead, [{ name: "athlete/day.changed", data: { athleteId } }]);
  await at.db.insert(dailyRuns).values({
    key: `scored/${squadId}/${civilDateIn(new Date(), "UTC")}`,
    ranAt: inAYear,
  });
  await loseEvents();
  await sweepAt(new Date());
  expect(await waiting("installation/retention.due")).toHaveLength(1);
  expect(await waiting("athlete/day.changed")).toHaveLength(1);
  expect(await waiting("squad/scoring.due")).toContainEqual({ squadId });

  const syncing = await connectedAthlete(at, sim, { login: "aino" });
  await at.db.execute(sql`update stream_states set next_due_at = ${inAYear.toISOString()}::timestamptz`);
  await at.db.execute(sql`
    insert into sync_leases (athlete_id, holder, expires_at)
    values (${syncing}, gen_random_uuid(), clock_timestamp() + interval '1 year')`);
  await loseEvents();
  await at.db.delete(owed);
  await sweepAt(new Date());
  expect(await waiting("athlete/sync.requested")).toContainEqual({ athleteId: syncing, reason: "due" });
  const { outcome, synced } = await sync(at, syncing);
  expect(outcome).toBe("synced");
  expect(synced).toContain("nightly-recharge");
});

test("a job that gives up again and again is one line on the operator's list", async () => {
  const input = { functionId: "retention", subjectId: null };
  await recordJobFailure({ ctx: at.job(), input: { ...input, error: "first" } });
  await recordJobFailure({ ctx: at.job(), input: { ...input, error: "second" } });
  expect(await at.db.select().from(jobFailures)).toMatchObject([{ ...input, error: "second" }]);
});
