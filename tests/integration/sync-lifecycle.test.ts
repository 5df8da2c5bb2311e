import { randomUUID } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { endLease, takeLease } from "@/db/queries/leases";
import { findSyncSubject } from "@/db/queries/sync-due";
import {
  connections,
  streamStates,
  syncLeases,
  transactionItems,
  transactions,
} from "@/db/schema/connection";
import { auditLog, owed, rateBudgets } from "@/db/schema/operation";
import { rawPayloads } from "@/db/schema/payload";
import { athletes, consents } from "@/db/schema/squad";
import { dailyActivities, nights, physicalInfos, sleeps, workouts } from "@/db/schema/wearable";
import { listDue, recoverSyncs, runDueCycle } from "@/lib/services/sync/cycle";
import { giveUpItems, listTransactions } from "@/lib/services/sync/ledger";
import { createRun, LeaseLost } from "@/lib/services/sync/run";
import { findSubject } from "@/lib/services/sync/subject";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";
import { addDays } from "@/lib/time/civil-date";
import { civilDateIn } from "@/lib/time/zone";
import { startSimulator } from "@/simulator/server";
import {
  connectedAthlete,
  control,
  eventsOf,
  freshInstallation,
  hold,
  type Installation,
  pointAt,
  sync,
} from "./sync-support";

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let sendTo: ReturnType<typeof control>;

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small", history: "documented" });
  pointAt(sim);
  sendTo = control(sim);
  at = await freshInstallation();
});
beforeEach(async () => {
  await sendTo("/reset", {});
  await fetch(`${sim.url}/_sim/faults`, { method: "DELETE" });
  for (const table of [connections, rateBudgets]) await at.db.delete(table);
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

type Options = { streams?: string[]; history?: "with-history" | "from-now"; acceptedAt?: Date };

/** Connected, and then two sessions were uploaded. */
async function trained(options: Options = {}): Promise<string> {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["exercises"], ...options });
  await sendTo("/users/aino/session", { minutes: 30, startTime: "06:30" });
  await sendTo("/users/aino/session", { minutes: 45, startTime: "08:30" });
  return athleteId;
}

async function again(athleteId: string, reason = "due") {
  await at.db
    .update(streamStates)
    .set({ nextDueAt: new Date() })
    .where(eq(streamStates.athleteId, athleteId));
  return sync(at, athleteId, reason);
}

const mine = <T extends { athleteId: unknown }>(table: T, athleteId: string) =>
  eq(table.athleteId as never, athleteId);
const sessionsOf = (athleteId: string) => at.db.select().from(workouts).where(mine(workouts, athleteId));
const ledgerOf = (athleteId: string) =>
  at.db
    .select()
    .from(transactions)
    .where(and(mine(transactions, athleteId), eq(transactions.stream, "exercises")));
const stateOf = async (athleteId: string, stream: string) =>
  (
    await at.db
      .select()
      .from(streamStates)
      .where(and(mine(streamStates, athleteId), eq(streamStates.stream, stream)))
  )[0];

test.each(["204-while-open", "new-items-only", "return-same"])(
  "an interrupted transaction is resumed, not opened twice, under the policy %s",
  async (secondPost) => {
    await sendTo("/knobs", { secondPost });
    const athleteId = await trained();
    await sendTo("/faults", {
      match: { pathPattern: "/exercise-transactions/\\d+/exercises/" },
      times: 2,
      status: 500,
    });
    expect(await sync(at, athleteId)).toMatchObject({ failed: ["exercises"] });
    expect((await ledgerOf(athleteId)).map((row) => row.state)).toEqual(["open"]);
    expect(await again(athleteId)).toMatchObject({ failed: [] });
    const ledger = await ledgerOf(athleteId);
    expect(ledger.map((row) => [row.state, row.attempts, row.storedCount])).toEqual([["committed", 2, 2]]);
    expect(await sessionsOf(athleteId)).toHaveLength(2);
  },
);

test.each([404, 204])("a lost answer to the commit, then %i, counts as committed", async (doubleCommit) => {
  await sendTo("/knobs", { doubleCommit });
  const athleteId = await trained();
  await sendTo("/faults", { match: { method: "PUT" }, phase: "after", drop: true });
  await sync(at, athleteId);
  expect((await ledgerOf(athleteId)).map((row) => row.state)).toEqual(["stored"]);
  await again(athleteId);
  expect((await ledgerOf(athleteId)).map((row) => row.state)).toEqual(["committed"]);
  expect(await sessionsOf(athleteId)).toHaveLength(2);
});

test.each([404, 204])(
  "a transaction that lapsed (%i) is given up and its items come in a new one",
  async (readAfterCommit) => {
    await sendTo("/knobs", { readAfterCommit });
    const athleteId = await trained();
    await sendTo("/faults", {
      match: { pathPattern: "/exercise-transactions/\\d+/exercises/" },
      times: 2,
      status: 500,
    });
    await sync(at, athleteId);
    await sendTo("/clock", { advanceMs: 11 * 60_000 });
    expect(await again(athleteId)).toMatchObject({ failed: [] });
    expect((await ledgerOf(athleteId)).map((row) => row.state).sort()).toEqual(["abandoned", "committed"]);
    expect(await sessionsOf(athleteId)).toHaveLength(2);
  },
);

test.each([405, 410] as const)(
  "when Polar withdraws a family (%i) the plain collection stands in",
  async (status) => {
    await sendTo("/knobs", { retired: { exercise: status, activity: status, physical: status } });
    const athleteId = await trained({ streams: ["exercises", "activities", "physical-info"] });
    await sendTo("/users/aino/activity", { steps: 9000 });
    expect(await sync(at, athleteId)).toMatchObject({ failed: [] });
    expect(await sessionsOf(athleteId)).toHaveLength(2);
    expect(
      (await at.db.select().from(dailyActivities).where(mine(dailyActivities, athleteId))).length,
    ).toBeGreaterThan(0);
    expect(await at.db.select().from(physicalInfos).where(mine(physicalInfos, athleteId))).toHaveLength(1);
    expect((await stateOf(athleteId, "exercises"))?.retiredAt).not.toBeNull();
    await fetch(`${sim.url}/_sim/requests`, { method: "DELETE" });
    await again(athleteId);
    const { byRoute } = await sendTo<{ byRoute: Record<string, number> }>("/requests");
    expect(Object.keys(byRoute).filter((route) => route.startsWith("POST /v3/"))).toEqual([]);
  },
);

test.each([405, 410] as const)(
  "a family that is withdrawn (%i) in the middle of a transaction ends it",
  async (status) => {
    const athleteId = await trained();
    const match = { pathPattern: "/exercise-transactions/\\d+/exercises/" };
    await sendTo("/faults", { match, times: 2, status: 500 });
    await sync(at, athleteId);
    expect((await ledgerOf(athleteId)).map((row) => row.state)).toEqual(["open"]);
    await sendTo("/knobs", { retired: { exercise: status } });
    expect(await again(athleteId)).toMatchObject({ failed: [] });
    expect((await ledgerOf(athleteId)).map((row) => [row.state, row.error])).toEqual([
      ["abandoned", "the family was withdrawn"],
    ]);
    expect((await stateOf(athleteId, "exercises"))?.retiredAt).not.toBeNull();
    expect(await sessionsOf(athleteId)).toHaveLength(2);
  },
);

test("an item that never loads holds up neither its neighbours nor new sessions, and can be given up", async () => {
  const athleteId = await trained();
  await sync(at, athleteId);
  await sendTo("/users/aino/session", { minutes: 20, startTime: "05:30" });
  await sendTo("/users/aino/session", { minutes: 25, startTime: "04:30" });
  const [first] = await sendTo<{
    users: {
      aino: { families: { exercises: { available: { ids: number[] }; committed: { ids: number[] } } } };
    };
  }>("/oracle?login=aino").then(({ users }) => {
    const { available, committed } = users.aino.families.exercises;
    return available.ids.filter((id) => !committed.ids.includes(id));
  });
  await sendTo("/faults", { match: { pathPattern: `/exercises/${first}$` }, times: 1000, status: 500 });
  for (let cycle = 0; cycle < 3; cycle += 1) await again(athleteId);
  expect(await sessionsOf(athleteId)).toHaveLength(4);
  const open = (await ledgerOf(athleteId)).find((row) => row.state === "open");
  expect(open).toMatchObject({ offeredCount: 2, storedCount: 1 });
  expect((await stateOf(athleteId, "exercises"))?.failures).toBe(3);

  const owner = {
    ...at.job(),
    actor: { kind: "coach" as const, userId: athleteId, role: "owner" as const },
    teamId: at.squad.teamId,
  };
  const listed = await listTransactions({ ctx: owner, input: { athleteId } });
  expect(listed.find((entry) => entry.id === open?.id)).toMatchObject({ state: "open", stuckItems: 1 });
  expect(await giveUpItems({ ctx: owner, input: { transactionId: open?.id ?? "" } })).toEqual({ givenUp: 1 });
  const audit = await at.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.subjectId, open?.id ?? ""));
  expect(audit).toMatchObject([{ action: "transaction/items-given-up", detail: { items: String(first) } }]);
  expect(await sync(at, athleteId, "asked")).toMatchObject({ failed: [] });
  expect((await ledgerOf(athleteId)).filter((row) => row.state !== "committed")).toEqual([]);
});

test("an item that is no JSON is never committed unread, however often it comes", async () => {
  const athleteId = await trained({ streams: ["physical-info"] });
  await sendTo("/users/aino/weight", { weightKg: 60 });
  const match = { pathPattern: "/physical-informations/\\d+$" };
  await sendTo("/faults", { match, times: 1000, status: 200, body: '{"id": 12, "weight": ' });
  for (let cycle = 0; cycle < 4; cycle += 1) await again(athleteId);
  const where = and(mine(transactions, athleteId), eq(transactions.stream, "physical-info"));
  const states = async () => (await at.db.select().from(transactions).where(where)).map((row) => row.state);
  expect(await states()).toEqual(["open"]);
  const [item] = await at.db.select().from(transactionItems).where(mine(transactionItems, athleteId));
  expect(item).toMatchObject({ state: "offered", attempts: 4, error: expect.stringContaining("no JSON") });
  await fetch(`${sim.url}/_sim/faults`, { method: "DELETE" });
  expect(await again(athleteId)).toMatchObject({ failed: [] });
  expect(await states()).toEqual(["committed"]);
  const weights = await at.db.select().from(physicalInfos).where(mine(physicalInfos, athleteId));
  expect(weights.map((row) => row.weightKg)).toContain(60);
});

test("a page instead of an item is never kept, however often it comes", async () => {
  const athleteId = await trained({ streams: ["physical-info"] });
  await sendTo("/users/aino/weight", { weightKg: 60 });
  await sendTo("/faults", {
    match: { pathPattern: "/physical-informations/\\d+$" },
    times: 1000,
    html: true,
  });
  for (let cycle = 0; cycle < 4; cycle += 1) await again(athleteId);
  const kept = await at.db
    .select()
    .from(rawPayloads)
    .where(and(mine(rawPayloads, athleteId), eq(rawPayloads.stream, "physical-info")));
  expect(kept).toEqual([]);
});

test("who shares from now on shares no earlier day, though Polar hands it out", async () => {
  const acceptedAt = new Date();
  const athleteId = await connectedAthlete(at, sim, { login: "aino", history: "from-now", acceptedAt });
  const today = civilDateIn(acceptedAt, "Europe/Helsinki");
  await sendTo("/users/aino/session", { minutes: 30, date: addDays(today, -2), startTime: "06:30" });
  await sendTo("/users/aino/session", { minutes: 45, startTime: "00:05" });
  await sync(at, athleteId);
  const dated = [
    ...(await at.db.select({ date: nights.date }).from(nights).where(mine(nights, athleteId))),
    ...(await at.db.select({ date: sleeps.date }).from(sleeps).where(mine(sleeps, athleteId))),
    ...(await at.db.select({ date: workouts.date }).from(workouts).where(mine(workouts, athleteId))),
    ...(await at.db
      .select({ date: dailyActivities.date })
      .from(dailyActivities)
      .where(mine(dailyActivities, athleteId))),
  ];
  expect(dated.length).toBeGreaterThan(0);
  expect(dated.filter(({ date }) => date < today)).toEqual([]);
  const keys = await at.db
    .select({ key: rawPayloads.providerKey })
    .from(rawPayloads)
    .where(and(mine(rawPayloads, athleteId), inArray(rawPayloads.stream, ["sleep", "cardio-load"])));
  expect(keys.filter(({ key }) => key < today)).toEqual([]);
  const declined = await at.db
    .select()
    .from(transactionItems)
    .where(and(mine(transactionItems, athleteId), eq(transactionItems.state, "declined")));
  expect(declined.length).toBeGreaterThan(0);
  expect((await ledgerOf(athleteId)).map((row) => row.state)).toEqual(["committed"]);
});

test("only what was consented to is fetched", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep"] });
  await fetch(`${sim.url}/_sim/requests`, { method: "DELETE" });
  await sync(at, athleteId);
  const { byRoute } = await sendTo<{ byRoute: Record<string, number> }>("/requests");
  expect(Object.keys(byRoute).filter((route) => route.includes("/v3/"))).toEqual(["GET /v3/users/sleep"]);
});

const LISTS = [
  ["nightly-recharge", "nightly-recharge", "^/v3/users/nightly-recharge"],
  ["sleep", "sleep", "^/v3/users/sleep"],
  ["cardio-load", "cardio-load", "^/v3/users/cardio-load"],
  ["exercises", "exercise-details", "^/v3/exercises"],
  ["activities", "activity-details", "^/v3/users/activities"],
  ["sleepwise", "sleepwise", "^/v3/users/sleepwise"],
  ["biosensing", "biosensing", "^/v3/users/biosensing"],
] as const;

test.each(LISTS)(
  "a 404 where Polar documents none is an error and no emptiness: %s, %s",
  async (consented, stream, pathPattern) => {
    const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: [consented] });
    await sendTo("/faults", { match: { pathPattern }, status: 404, body: "" });
    expect(await sync(at, athleteId)).toMatchObject({ failed: [stream] });
    expect(await stateOf(athleteId, stream)).toMatchObject({
      failures: 1,
      errorCode: "provider-failed",
      errorMessage: expect.stringContaining("404"),
      cursorDate: null,
      backfilledAt: null,
    });
    expect(await again(athleteId)).toMatchObject({ failed: [] });
    expect(await stateOf(athleteId, stream)).toMatchObject({ failures: 0, errorCode: null });
  },
);

test("a 404 for body data, which Polar documents, is emptiness", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["physical-info"] });
  await sendTo("/faults", { match: { pathPattern: "^/v3/users/physical-info" }, status: 404, body: "" });
  expect(await sync(at, athleteId)).toMatchObject({ failed: [] });
});

test("what a killed worker had no time to tell scoring is told by whoever takes up its work", async () => {
  const athleteId = await trained();
  await sync(at, athleteId);
  const told = async () =>
    (await eventsOf(at.db, "athlete/day.changed")).filter((data) => data.athleteId === athleteId).length;
  const before = await told();
  const scored = () => at.db.delete(owed).where(eq(owed.event, "athlete/day.changed"));
  await scored();
  const lease = { athleteId, holder: athleteId, expiresAt: new Date(Date.now() - 1000), scoringDue: true };
  await at.db.insert(syncLeases).values(lease);
  await recoverSyncs({ ctx: at.job() });
  expect(await told()).toBe(before + 1);
  await scored();
  await at.db.insert(syncLeases).values(lease);
  await sync(at, athleteId);
  expect(await told()).toBe(before + 2);
  expect(await at.db.select().from(syncLeases)).toEqual([]);
});

test("a stream that is shared no longer is neither fetched nor due", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep", "cardio-load"] });
  const [consent] = await at.db.select().from(consents).where(mine(consents, athleteId));
  if (!consent) throw new Error("no consent");
  const { id: _, ...terms } = consent;
  const acceptedAt = new Date(consent.acceptedAt.getTime() + 1000);
  await at.db.insert(consents).values({ ...terms, streams: ["sleep"], acceptedAt });
  expect(await sync(at, athleteId)).toMatchObject({ synced: ["sleep"] });
  expect((await stateOf(athleteId, "cardio-load"))?.nextDueAt).toBeNull();
  await at.db.insert(consents).values({
    ...terms,
    streams: ["sleep", "biosensing"],
    acceptedAt: new Date(acceptedAt.getTime() + 1000),
  });
  expect(await sync(at, athleteId)).toMatchObject({ synced: ["biosensing"] });
});

test("a 429 waits for the reset that Polar names; then nothing is missing", async () => {
  const athleteId = await trained();
  const headers = {
    "ratelimit-usage": "521, 600",
    "ratelimit-limit": "520, 5100",
    "ratelimit-reset": "600, 70000",
  };
  await sendTo("/faults", { match: { method: "GET", pathPattern: "/exercises/" }, status: 429, headers });
  const result = await sync(at, athleteId);
  expect(result).toMatchObject({ outcome: "busy", failed: [] });
  const waitMs = (result.retryAt?.getTime() ?? 0) - Date.now();
  expect(waitMs).toBeGreaterThan(0);
  expect(waitMs).toBeLessThanOrEqual(600_000);
  expect((await stateOf(athleteId, "exercises"))?.nextDueAt).toEqual(result.retryAt);
  expect((await stateOf(athleteId, "exercise-details"))?.nextDueAt).toEqual(result.retryAt);
  expect(await sync(at, athleteId)).toMatchObject({ synced: [] });
  const then = { ...at.job(), now: new Date(Date.now() + waitMs + 1) };
  expect(await syncAthlete({ ctx: then, input: { athleteId, reason: "due" } })).toMatchObject({
    outcome: "synced",
    failed: [],
  });
  expect(await sessionsOf(athleteId)).toHaveLength(2);
});

test("the last tenth of a quota is for people who wait", async () => {
  const athleteId = await trained();
  await at.db.delete(owed);
  const resetsAt = new Date(Date.now() + 600_000);
  const spend = async () => {
    const used = { limit: 100, resetsAt, updatedAt: new Date() };
    await at.db.delete(rateBudgets);
    await at.db.insert(rateBudgets).values({ window: "15-minutes", used: 90, ...used });
  };
  await spend();
  const busy = { outcome: "busy", retryAt: resetsAt };
  for (const reason of ["connected", "asked", "webhook", "due"])
    expect(await again(athleteId, reason), `a first sync, ${reason}`).toMatchObject(busy);
  await at.db.delete(rateBudgets);
  expect(await again(athleteId, "due")).toMatchObject({ outcome: "synced" });
  await spend();
  expect(await again(athleteId, "webhook")).toMatchObject(busy);
  expect(await again(athleteId, "asked")).toMatchObject({ outcome: "synced" });
});

test("an athlete's lease keeps a second run out; what it wanted follows at the end", async () => {
  const athleteId = await trained();
  const held = await hold(sim, { method: "POST", pathPattern: "exercise-transactions" });
  const running = sync(at, athleteId);
  await held.reached();
  expect(await sync(at, athleteId, "webhook")).toMatchObject({ outcome: "held" });
  await held.letGo();
  expect(await running).toMatchObject({ outcome: "synced" });
  expect(await eventsOf(at.db, "athlete/sync.requested")).toContainEqual({
    athleteId,
    reason: "asked-again",
  });
  expect(await at.db.select().from(syncLeases)).toEqual([]);
});

test("what one stream brought is read while Polar is still asked for the next", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ["sleep", "cardio-load"] });
  const held = await hold(sim, { pathPattern: "cardio-load" });
  const running = sync(at, athleteId);
  await held.reached();
  const sleepsRead = async () =>
    (await at.db.select({ date: sleeps.date }).from(sleeps).where(mine(sleeps, athleteId))).length;
  await expect.poll(sleepsRead, { timeout: 30_000 }).toBeGreaterThan(0);
  await held.letGo();
  expect(await running).toMatchObject({ synced: ["sleep", "cardio-load"], failed: [] });
});

test("a sync asked for before an athlete was deleted finds nobody, and nothing stays owed", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const owing = () => at.db.select().from(owed).where(eq(owed.subject, athleteId));
  expect((await owing()).map(({ event }) => event)).toContain("athlete/sync.requested");
  const held = await hold(sim, { pathPattern: "/sleep" });
  const running = sync(at, athleteId);
  await held.reached();
  await at.db.delete(athletes).where(eq(athletes.id, athleteId));
  await held.letGo();
  await expect(running).rejects.toThrow(LeaseLost);

  expect(await sync(at, athleteId)).toMatchObject({ outcome: "not-connected", failed: [] });
  expect(await owing()).toEqual([]);
  expect(await takeLease(at.db, { athleteId, holder: randomUUID(), ttlS: 60 })).toBe("gone");
});

test("what is read beside the fetching is rolled back when the lease is lost meanwhile", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const ctx = at.job();
  const row = await findSyncSubject(at.db, athleteId);
  const found = row && (await findSubject(ctx, row));
  if (!found) throw new Error("nobody to sync");
  const holder = randomUUID();
  await takeLease(at.db, { athleteId, holder, ttlS: 60 });
  const run = createRun(ctx, found, { holder, priority: "background" });
  const reading = run.writeBeside(async (tx) => {
    await tx.db.update(athletes).set({ name: "Nobody" }).where(eq(athletes.id, athleteId));
    await endLease(at.db, athleteId);
  });
  await expect(reading).rejects.toThrow(LeaseLost);
  const [athlete] = await at.db.select().from(athletes).where(eq(athletes.id, athleteId));
  expect(athlete?.name).toBe("Ingrid Solheim");
  await at.db.delete(syncLeases);
});

test("a stream asked for while it is being read stays due", async () => {
  const athleteId = await trained({ streams: ["sleep"] });
  const held = await hold(sim, { pathPattern: "/sleep" });
  const running = sync(at, athleteId);
  await held.reached();
  const askedAt = new Date();
  await at.db.update(streamStates).set({ nextDueAt: askedAt }).where(mine(streamStates, athleteId));
  await held.letGo();
  await running;
  expect((await stateOf(athleteId, "sleep"))?.nextDueAt).toEqual(askedAt);
});

test("one request tells for the whole club whose transactions wait", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const quiet = await connectedAthlete(at, sim, { login: "bram" });
  for (const id of [athleteId, quiet]) await sync(at, id);
  const later = new Date(Date.now() + 3_600_000);
  await at.db.update(streamStates).set({ nextDueAt: later, lastAttemptAt: new Date() });
  await sendTo("/users/aino/session", { minutes: 30, startTime: "06:30" });
  await fetch(`${sim.url}/_sim/requests`, { method: "DELETE" });
  const night = { ...at.job(), now: new Date(`${civilDateIn(new Date(), "Europe/Helsinki")}T20:00:00Z`) };
  await at.db.update(streamStates).set({ nextDueAt: new Date(night.now.getTime() + 3_600_000) });
  expect(await listDue({ ctx: night })).toEqual({ athleteIds: [athleteId] });
  expect(
    (await sendTo<{ total: number; byRoute: Record<string, number> }>("/requests")).byRoute,
  ).toMatchObject({ "GET /v3/notifications": 1 });
});

test("a cycle has one turn, whatever asks for it", async () => {
  const ctx = { ...at.job(), now: new Date("2030-01-01T00:07:00Z") };
  expect(await runDueCycle({ ctx })).toMatchObject({ isNewCycle: true });
  expect(await runDueCycle({ ctx: { ...ctx, now: new Date("2030-01-01T00:14:59Z") } })).toMatchObject({
    isNewCycle: false,
  });
  expect(await runDueCycle({ ctx: { ...ctx, now: new Date("2030-01-01T00:15:00Z") } })).toMatchObject({
    isNewCycle: true,
  });
});

test("an athlete whose worker died is due", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  await sync(at, athleteId);
  await at.db.update(streamStates).set({ nextDueAt: null });
  await at.db
    .insert(syncLeases)
    .values({ athleteId, holder: athleteId, expiresAt: new Date(Date.now() - 1000) });
  const night = { ...at.job(), now: new Date(`${civilDateIn(new Date(), "Europe/Helsinki")}T20:00:00Z`) };
  expect((await listDue({ ctx: night })).athleteIds).toContain(athleteId);
  await at.db.delete(syncLeases);
});

test("the first month of an athlete with thirty sessions costs at most a hundred requests", async () => {
  const athleteId = await connectedAthlete(at, sim, { login: "aino" });
  const today = civilDateIn(new Date(), "Europe/Helsinki");
  for (let day = 0; day < 30; day += 1) {
    await sendTo("/users/aino/session", { minutes: 40, date: addDays(today, -day), startTime: "00:10" });
    await sendTo("/users/aino/activity", { date: addDays(today, -day), steps: 9000 + day });
  }
  for (const weightKg of [61, 62]) await sendTo("/users/aino/weight", { weightKg });
  await fetch(`${sim.url}/_sim/requests`, { method: "DELETE" });
  expect(await sync(at, athleteId, "connected")).toMatchObject({ outcome: "synced", failed: [] });
  expect(await sessionsOf(athleteId)).toHaveLength(30);
  expect((await sessionsOf(athleteId)).filter((row) => row.zones === null)).toEqual([]);
  const { byUser } = await sendTo<{ byUser: Record<string, Record<string, number>> }>("/requests");
  const spent = Object.values(byUser.aino ?? {}).reduce((sum, n) => sum + n, 0);
  expect(spent).toBeLessThanOrEqual(100);
  expect(spent).toBeGreaterThan(30);
});
