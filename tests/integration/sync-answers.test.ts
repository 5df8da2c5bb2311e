import { randomUUID } from "node:crypto";
import { and, desc, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { connections, streamStates, transactionItems, transactions } from "@/db/schema/connection";
import { auditLog } from "@/db/schema/operation";
import { rawPayloads } from "@/db/schema/payload";
import { connect } from "@/lib/services/connections/connect";
import { revoke } from "@/lib/services/connections/revoke";
import { viewOperation } from "@/lib/services/operation/view";
import { listDue } from "@/lib/services/sync/cycle";
import { giveUpTransaction } from "@/lib/services/sync/ledger";
import { POLAR } from "@/lib/wearables/provider";
import { differences, factsOf } from "../faults/state";
import { createWorld, expectAgreement, newAthlete, recover, type World } from "../faults/world";
import { control, seedConsentingAthlete, sync, tokenOf } from "./sync-support";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterEach(() => fetch(`${world.sim.url}/_sim/faults`, { method: "DELETE" }));
afterAll(() => world.close());

type Fault = Record<string, unknown>;
type Match = { method: string; pathPattern: string };

const clear = () => fetch(`${world.sim.url}/_sim/faults`, { method: "DELETE" });
const spoil = (match: Match, fault: Fault) => control(world.sim)("/faults", { match, times: 1000, ...fault });

/** Answers that nobody documents for anything that is read, the right body standing behind some of them. */
const UNCLEAR: Record<string, Fault> = {
  "no body": { bodiless: true, status: 200 },
  "broken JSON": { status: 200, body: '{"x": ' },
  "half of it, as if complete": { cut: true, status: 200 },
  "an object of another shape": { status: 200, body: '{"unexpected":true}' },
  null: { status: 200, body: "null" },
  "a text": { status: 200, body: '"maintenance"' },
  "a page": { html: true },
  "a broken connection": { truncate: true, status: 200, body: '{"unexpected":true}' },
  "202": { keepBody: true, status: 202 },
  "206": { keepBody: true, status: 206 },
  "302": { status: 302, headers: { location: "http://127.0.0.1:9/" } },
};
const NONE_204 = { "204 where none is documented": { status: 204 } };
const OTHER_THINGS = { "a bare list of other things": { status: 200, body: '[7,null,"a",[]]' } };
const BARE_LIST = { "an empty list that nothing wraps": { status: 200, body: "[]" } };
const WRAPPED_LIST = {
  "a list that is wrapped": { status: 200, body: '{"items":[]}' },
  ...OTHER_THINGS,
};
const otherThings = (key: string) => ({
  ...BARE_LIST,
  ...OTHER_THINGS,
  "a list of other things": { status: 200, body: `{"${key}":[7,null,"a",[]]}` },
});

async function makeDue(athleteId: string): Promise<void> {
  await world.at.db
    .update(streamStates)
    .set({ nextDueAt: world.now() })
    .where(eq(streamStates.athleteId, athleteId));
}

async function again(athleteId: string) {
  await makeDue(athleteId);
  return sync(world.at, athleteId);
}

async function stateOf(athleteId: string, stream: string) {
  const where = and(eq(streamStates.athleteId, athleteId), eq(streamStates.stream, stream));
  const [state] = await world.at.db.select().from(streamStates).where(where);
  return state;
}

const ledgerOf = (athleteId: string, stream: string) =>
  world.at.db
    .select()
    .from(transactions)
    .where(and(eq(transactions.athleteId, athleteId), eq(transactions.stream, stream)))
    .orderBy(desc(transactions.openedAt));

function owner() {
  const actor = { kind: "coach", userId: randomUUID(), role: "owner" } as const;
  return { ...world.at.job(), actor, teamId: world.at.squad.teamId };
}

async function troubleOf(athleteId: string, stream: string) {
  const { troubles } = await viewOperation({ ctx: owner(), input: { mails: "few" } });
  return troubles.find((trouble) => trouble.athleteId === athleteId && trouble.stream === stream);
}

type Oracle = { users: Record<string, { families: Record<string, { committed: { ids: number[] } }> }> };

async function committedAtPolar(family: string): Promise<number[]> {
  const { users } = await world.sendTo<Oracle>("/oracle?login=aino");
  return users.aino?.families[family]?.committed.ids ?? [];
}

async function requestsOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  await fetch(`${world.sim.url}/_sim/requests`, { method: "DELETE" });
  await work();
  const { byRoute } = await world.sendTo<{ byRoute: Record<string, number> }>("/requests");
  return Object.fromEntries(Object.entries(byRoute).filter(([route]) => route.includes(" /v3/")));
}

const sum = (byRoute: Record<string, number>) => Object.values(byRoute).reduce((all, n) => all + n, 0);

/** What is stored of an athlete to whom nothing happened. */
const usual = new Map<string, Record<string, string[]>>();
async function usualFacts(stream: string, knobs: object) {
  const key = stream + JSON.stringify(knobs);
  const known = usual.get(key);
  if (known) return known;
  const athleteId = await newAthlete(world, [stream], knobs);
  await sync(world.at, athleteId);
  await recover(world, athleteId);
  const facts = await factsOf(world.at.db, athleteId);
  usual.set(key, facts);
  return facts;
}

type Window = [consented: string, stream: string, pathPattern: string, answers: object, knobs?: object];

const BIOSENSING = ["bodytemperature", "skintemperature", "skincontacts", "ecg", "spo2"];
const WINDOWS: Window[] = [
  [
    "nightly-recharge",
    "nightly-recharge",
    "^/v3/users/nightly-recharge$",
    { ...NONE_204, ...otherThings("recharges") },
  ],
  ["sleep", "sleep", "^/v3/users/sleep$", { ...NONE_204, ...otherThings("nights") }],
  ["cardio-load", "cardio-load", "^/v3/users/cardio-load", { ...NONE_204, ...WRAPPED_LIST }],
  ["exercises", "exercise-details", "^/v3/exercises$", { ...NONE_204, ...WRAPPED_LIST }],
  ["activities", "activity-details", "^/v3/users/activities$", { ...NONE_204, ...WRAPPED_LIST }],
  ["physical-info", "physical-profile", "^/v3/users/physical-info$", { ...NONE_204, ...BARE_LIST }],
  ["routes", "routes", "^/v3/exercises$", { ...NONE_204, ...WRAPPED_LIST }],
  [
    "continuous-heart-rate",
    "continuous-heart-rate",
    "^/v3/users/continuous-heart-rate$",
    { ...NONE_204, ...otherThings("heart_rates") },
  ],
  [
    "continuous-heart-rate",
    "continuous-heart-rate",
    "^/v3/users/continuous-heart-rate/",
    { ...NONE_204, ...BARE_LIST },
    { heartRateRange: "single" },
  ],
  ["sleepwise", "sleepwise", "^/v3/users/sleepwise/alertness", WRAPPED_LIST],
  ["sleepwise", "sleepwise", "^/v3/users/sleepwise/circadian-bedtime", WRAPPED_LIST],
  ...BIOSENSING.map(
    (kind): Window => ["biosensing", "biosensing", `^/v3/users/biosensing/${kind}$`, WRAPPED_LIST],
  ),
];

test.each(WINDOWS)(
  "windows: %s, %s at %s keep the cursor, ask again and tell, whatever unclear answer comes",
  async (consented, stream, pathPattern, more, knobs = {}) => {
    const facts = await usualFacts(consented, knobs);
    const athleteId = await newAthlete(world, [consented], knobs);
    for (const [name, fault] of Object.entries({ ...UNCLEAR, ...more })) {
      await spoil({ method: "GET", pathPattern }, fault as Fault);
      await again(athleteId);
      expect(await stateOf(athleteId, stream), name).toMatchObject({
        errorCode: "provider-failed",
        cursorDate: null,
        backfilledAt: null,
      });
      expect((await ledgerOf(athleteId, stream))[0]?.state, name).toBe("open");
      expect(await troubleOf(athleteId, stream), name).toMatchObject({ errorCode: "provider-failed" });
      await clear();
    }
    await recover(world, athleteId);
    expect(differences(facts, await factsOf(world.at.db, athleteId))).toEqual([]);
  },
);

test.each([
  ["sleepwise", "^/v3/users/sleepwise/", 204],
  ["biosensing", "^/v3/users/biosensing/", 204],
  ["physical-profile", "^/v3/users/physical-info$", 404],
  ["continuous-heart-rate", "^/v3/users/continuous-heart-rate", 404],
])("what Polar documents as nothing is nothing: %s, %s, %i", async (stream, pathPattern, status) => {
  const consented = stream === "physical-profile" ? "physical-info" : stream;
  const athleteId = await newAthlete(world, [consented]);
  await spoil({ method: "GET", pathPattern }, { status, body: "" });
  expect(await sync(world.at, athleteId)).toMatchObject({ failed: [] });
  expect(await stateOf(athleteId, stream)).toMatchObject({ errorCode: null });
});

test("heart rates of a range that Polar does not know are asked for day by day, and none is missed", async () => {
  const facts = await usualFacts("continuous-heart-rate", {});
  const athleteId = await newAthlete(world, ["continuous-heart-rate"]);
  await spoil({ method: "GET", pathPattern: "^/v3/users/continuous-heart-rate$" }, { status: 404, body: "" });
  expect(await sync(world.at, athleteId)).toMatchObject({ failed: [] });
  await clear();
  await recover(world, athleteId);
  expect(differences(facts, await factsOf(world.at.db, athleteId))).toEqual([]);
});

type Family = [stream: string, path: string, family: string, listKey: string];
const FAMILIES: Family[] = [
  ["exercises", "exercise-transactions", "exercises", "exercises"],
  ["activities", "activity-transactions", "activities", "activity-log"],
  ["physical-info", "physical-information-transactions", "physical-informations", "physical-informations"],
];

/** A transaction that is opened: the documented answer is 201 with an address. */
const UNCLEAR_OPENING: Record<string, Fault> = {
  "no body": { status: 201, body: "" },
  "broken JSON": { status: 201, body: '{"transaction-id": ' },
  "an object of another shape": { status: 201, body: '{"unexpected":true}' },
  null: { status: 201, body: "null" },
  "an empty list": { status: 200, body: "[]" },
  "an address that nobody can keep": { status: 201, body: '{"resource-uri":"/v3/users/1/x/1\\u0000"}' },
  "a page": { html: true },
  "202": { status: 202, body: '{"transaction-id":1,"resource-uri":"/v3/users/1/exercise-transactions/1"}' },
  "302": { status: 302, headers: { location: "http://127.0.0.1:9/" } },
};

test.each(FAMILIES)(
  "%s: an opening that was not understood opens nothing and is asked again",
  async (...of) => {
    const [stream, path] = of;
    const facts = await usualFacts(stream, {});
    const athleteId = await newAthlete(world, [stream]);
    for (const [name, fault] of Object.entries(UNCLEAR_OPENING)) {
      await spoil({ method: "POST", pathPattern: `/${path}$` }, fault);
      expect((await again(athleteId)).failed, name).toContain(stream);
      expect(await ledgerOf(athleteId, stream), name).toEqual([]);
      expect(await troubleOf(athleteId, stream), name).toMatchObject({ errorCode: "provider-failed" });
      await clear();
      await world.at.db.update(streamStates).set({ failures: 0 });
    }
    await recover(world, athleteId);
    await expectAgreement(world, athleteId, [stream]);
    expect(differences(facts, await factsOf(world.at.db, athleteId))).toEqual([]);
  },
);

test.each(FAMILIES)("%s: a list that was not understood is neither empty nor committed", async (...of) => {
  const [stream, path, family, listKey] = of;
  const facts = await usualFacts(stream, {});
  const athleteId = await newAthlete(world, [stream]);
  const lists = {
    ...UNCLEAR,
    "a list that nothing wraps": { status: 200, body: "[]" },
    "a list under another name": { status: 200, body: '{"items":[]}' },
    "a list of other things": { status: 200, body: `{"${listKey}":[7,null]}` },
    "addresses that nobody can keep": { status: 200, body: `{"${listKey}":["/v3/users/1/x/\\u0000"]}` },
    "no list under the name": { status: 200, body: `{"${listKey}":null}` },
  };
  for (const [name, fault] of Object.entries(lists)) {
    await spoil({ method: "GET", pathPattern: `/${path}/\\d+$` }, fault);
    await again(athleteId);
    expect(
      (await ledgerOf(athleteId, stream)).map((row) => row.state),
      name,
    ).toEqual(["open"]);
    expect(await troubleOf(athleteId, stream), name).toMatchObject({ errorCode: "provider-failed" });
    expect(await committedAtPolar(family), name).toEqual([]);
    await clear();
  }
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, [stream]);
  expect(differences(facts, await factsOf(world.at.db, athleteId))).toEqual([]);
});

test.each(FAMILIES)("%s: an item that was not understood is not stored, and not committed", async (...of) => {
  const [stream, path, family] = of;
  const facts = await usualFacts(stream, {});
  const athleteId = await newAthlete(world, [stream]);
  const items = { ...UNCLEAR, "an empty list": { status: 200, body: "[]" }, "204": { status: 204 } };
  for (const [name, fault] of Object.entries(items)) {
    await spoil({ method: "GET", pathPattern: `/${path}/\\d+/[a-z-]+/\\d+$` }, fault);
    await again(athleteId);
    expect(
      (await ledgerOf(athleteId, stream)).map((row) => row.state),
      name,
    ).toEqual(["open"]);
    expect(await troubleOf(athleteId, stream), name).toMatchObject({ errorCode: "provider-failed" });
    expect(await committedAtPolar(family), name).toEqual([]);
    await clear();
  }
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, [stream]);
  expect(differences(facts, await factsOf(world.at.db, athleteId))).toEqual([]);
});

/** A commit: only 200 without a body, 204 and 404 settle it. */
const UNCLEAR_COMMIT: Record<string, Fault> = {
  "an object": { status: 200, body: '{"status":"ok"}' },
  "broken JSON": { status: 200, body: '{"status": ' },
  "a page": { html: true },
  "201": { status: 201, body: "" },
  "202": { status: 202, body: "" },
  "206": { status: 206, body: "" },
  "302": { status: 302, headers: { location: "http://127.0.0.1:9/" } },
  "400": { status: 400, body: "" },
  "409": { status: 409, body: "" },
};

test.each(FAMILIES)("%s: a commit that was not confirmed as documented is sent again", async (...of) => {
  const [stream, path] = of;
  const facts = await usualFacts(stream, {});
  const athleteId = await newAthlete(world, [stream]);
  for (const [name, fault] of Object.entries(UNCLEAR_COMMIT)) {
    await spoil({ method: "PUT", pathPattern: `/${path}/\\d+$` }, fault);
    await again(athleteId);
    expect(
      (await ledgerOf(athleteId, stream)).map((row) => row.state),
      name,
    ).toEqual(["stored"]);
    expect(await troubleOf(athleteId, stream), name).toMatchObject({
      errorCode: "provider-failed",
      unsettled: false,
    });
    await clear();
  }
  expect(await again(athleteId)).toMatchObject({ failed: [] });
  expect((await ledgerOf(athleteId, stream)).map((row) => row.state)).toEqual(["committed"]);
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, [stream]);
  expect(differences(facts, await factsOf(world.at.db, athleteId))).toEqual([]);
});

test.each(["200", "204", "200-body", "202", "page"])(
  "whatever Polar answers to a commit that it did (%s), the second asking settles it",
  async (commitAnswer) => {
    const athleteId = await newAthlete(world, ["exercises"], { commitAnswer });
    await sync(world.at, athleteId);
    const isClear = commitAnswer === "200" || commitAnswer === "204";
    const first = (await ledgerOf(athleteId, "exercises"))[0];
    expect(first).toMatchObject({ state: isClear ? "committed" : "stored", storedCount: 2 });
    await again(athleteId);
    const [row, ...others] = await ledgerOf(athleteId, "exercises");
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      state: "committed",
      error: isClear ? null : "Polar did not know it any more",
    });
    await world.sendTo("/knobs", { commitAnswer: "200" });
    await recover(world, athleteId);
    await expectAgreement(world, athleteId, ["exercises"]);
  },
);

test("a commit that is not settled in three cycles and a day can be given up, and nothing is lost by it", async () => {
  const athleteId = await newAthlete(world, ["exercises"]);
  await spoil({ method: "PUT", pathPattern: "/exercise-transactions/" }, { status: 202, body: "" });
  for (let cycle = 0; cycle < 4; cycle += 1) await again(athleteId);
  const [stored] = await ledgerOf(athleteId, "exercises");
  const transactionId = stored?.id ?? "";
  await expect(giveUpTransaction({ ctx: owner(), input: { transactionId } })).rejects.toMatchObject({
    code: "conflict",
  });
  await world.setClock(new Date(world.now().getTime() + 25 * 3_600_000));
  await again(athleteId);
  const input = { transactionId };
  expect(await troubleOf(athleteId, "exercises")).toMatchObject({ unsettled: true, ...input });
  await giveUpTransaction({ ctx: owner(), input });
  expect((await ledgerOf(athleteId, "exercises"))[0]?.state).toBe("abandoned");
  const audit = await world.at.db.select().from(auditLog).where(eq(auditLog.subjectId, transactionId));
  expect(audit).toMatchObject([{ action: "transaction/given-up", detail: { state: "stored" } }]);
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, ["exercises"]);
});

test.each(["empty", "204"])(
  "transactions that list nothing (%s) are abandoned and asked for again, never committed; after three it is a trouble",
  async (openList) => {
    const facts = await usualFacts("exercises", {});
    const athleteId = await newAthlete(world, ["exercises"], { openList, txTtlRequests: 1 });
    for (let times = 1; times <= 3; times += 1) {
      const byRoute = await requestsOf(() => again(athleteId));
      expect(Object.keys(byRoute).filter((route) => route.startsWith("PUT"))).toEqual([]);
      const ledger = await ledgerOf(athleteId, "exercises");
      expect(ledger.map((row) => row.state)).toEqual(Array.from({ length: times }, () => "abandoned"));
      const state = await stateOf(athleteId, "exercises");
      expect(state?.errorCode).toBe(times < 3 ? null : "provider-empty");
      expect(state?.backfilledAt).toBeNull();
      expect((state?.nextDueAt?.getTime() ?? 0) - world.now().getTime()).toBeLessThan(16 * 60_000);
    }
    expect(await troubleOf(athleteId, "exercises")).toMatchObject({ errorCode: "provider-empty" });
    expect(await committedAtPolar("exercises")).toEqual([]);
    await world.sendTo("/knobs", { openList: "items", txTtlRequests: null });
    await recover(world, athleteId);
    await expectAgreement(world, athleteId, ["exercises"]);
    expect(differences(facts, await factsOf(world.at.db, athleteId))).toEqual([]);
  },
);

test("an empty transaction, which Polar opened for nothing, is no commit either", async () => {
  const athleteId = await newAthlete(world, ["physical-info"]);
  await sync(world.at, athleteId);
  await world.sendTo("/knobs", { opening: "empty" });
  const byRoute = await requestsOf(() => again(athleteId));
  expect(Object.keys(byRoute).filter((route) => route.startsWith("PUT"))).toEqual([]);
  const ledger = await ledgerOf(athleteId, "physical-info");
  expect(ledger.map((row) => row.state).sort()).toEqual(["abandoned", "committed"]);
});

test("what an emptied transaction holds is waited for, though Polar answers 204 meanwhile", async () => {
  const athleteId = await newAthlete(world, ["exercises"], {
    openList: "empty",
    secondPost: "204-while-open",
  });
  await again(athleteId);
  await world.sendTo("/knobs", { openList: "items" });
  await again(athleteId);
  const state = await stateOf(athleteId, "exercises");
  expect(state?.lastSuccessAt).toBeNull();
  expect((state?.nextDueAt?.getTime() ?? 0) - world.now().getTime()).toBeLessThan(16 * 60_000);
});

test("an item's own 204 abandons no sibling and is told", async () => {
  const athleteId = await newAthlete(world, ["exercises"], { absentItems: 1 });
  await sync(world.at, athleteId);
  const [row] = await ledgerOf(athleteId, "exercises");
  expect(row).toMatchObject({ state: "open", offeredCount: 2, storedCount: 1 });
  expect(await troubleOf(athleteId, "exercises")).toMatchObject({ stuckItems: 1 });
  expect(await committedAtPolar("exercises")).toEqual([]);
  await world.sendTo("/knobs", { absentItems: 0 });
  expect(await again(athleteId)).toMatchObject({ failed: [] });
  expect((await ledgerOf(athleteId, "exercises")).map((one) => [one.state, one.storedCount])).toEqual([
    ["committed", 2],
  ]);
});

async function trainedOften(sessions: number, knobs: object): Promise<string> {
  const athleteId = await newAthlete(world, ["exercises"]);
  for (let at = 0; at < sessions; at += 1)
    await world.sendTo("/users/aino/session", {
      minutes: 20,
      startTime: `00:${String(10 + at).padStart(2, "0")}`,
    });
  await world.sendTo("/knobs", knobs);
  return athleteId;
}

test("transactions that lapse in seconds come to their end: what is stored is recognised, and no item is read twice", async () => {
  const athleteId = await trainedOften(20, { txTtlRequests: 4 });
  const byRoute = await requestsOf(() => sync(world.at, athleteId));
  expect(await stateOf(athleteId, "exercises")).toMatchObject({
    errorCode: null,
    foundCount: 22,
    readCount: 22,
  });
  expect((await ledgerOf(athleteId, "exercises"))[0]).toMatchObject({ state: "committed", storedCount: 22 });
  const stored = await world.at.db
    .select({ revision: rawPayloads.revision })
    .from(rawPayloads)
    .where(and(eq(rawPayloads.athleteId, athleteId), eq(rawPayloads.stream, "exercises")));
  expect(stored.filter((payload) => payload.revision === 1)).toHaveLength(22);
  expect(stored).toHaveLength(22);
  expect(sum(byRoute)).toBeLessThan(22 * 5);
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, ["exercises"]);
});

test("a batch stops at the first item that is gone", async () => {
  const athleteId = await trainedOften(20, { txTtlRequests: 4 });
  await world.sendTo("/faults", {
    match: { method: "POST", pathPattern: "-transactions" },
    skip: 1,
    status: 503,
  });
  const byRoute = await requestsOf(() => sync(world.at, athleteId));
  const items = Object.entries(byRoute).find(([route]) => route.includes("/exercises/#id"));
  // Three are read; those under way with the first that is gone are at most four.
  expect(items?.[1]).toBeLessThanOrEqual(3 + 4);
});

test("transactions that lapse before anything can be read are a trouble, cost little, and the plain collection stands in", async () => {
  const athleteId = await trainedOften(5, { txTtlRequests: 1 });
  const byRoute = await requestsOf(() => sync(world.at, athleteId));
  expect(sum(byRoute)).toBeLessThan(40);
  expect(await stateOf(athleteId, "exercises")).toMatchObject({ errorCode: "provider-lapses" });
  expect(await troubleOf(athleteId, "exercises")).toMatchObject({ errorCode: "provider-lapses" });
  const facts = await factsOf(world.at.db, athleteId);
  expect(facts.workouts).toHaveLength(7);
  expect(await committedAtPolar("exercises")).toEqual([]);
  await world.sendTo("/knobs", { txTtlRequests: null });
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, ["exercises"]);
});

test("a full transaction that Polar offers again after every commit runs in no circle", async () => {
  const athleteId = await trainedOften(48, { secondPost: "return-same" });
  await spoil({ method: "PUT", pathPattern: "/exercise-transactions/" }, { status: 204 });
  for (let cycle = 0; cycle < 2; cycle += 1) {
    const byRoute = await requestsOf(() => again(athleteId));
    expect(sum(byRoute)).toBeLessThan(50 + 30 * 3 + 10);
  }
  expect(await troubleOf(athleteId, "exercises")).toMatchObject({ errorCode: "provider-lapses" });
  await clear();
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, ["exercises"]);
});

test("with a real clock and two seconds of life, on a slow line, everything is committed in the end", async () => {
  const athleteId = await trainedOften(10, {});
  await world.sendTo("/clock", { offsetMs: world.now().getTime() - Date.now() });
  await world.sendTo("/knobs", { txTtlMinutes: 2 / 60, responseDelayMs: 400 });
  const byRoute = await requestsOf(() => sync(world.at, athleteId));
  await world.sendTo("/knobs", { responseDelayMs: 0 });
  expect(await stateOf(athleteId, "exercises")).toMatchObject({ errorCode: null, readCount: 12 });
  expect((await ledgerOf(athleteId, "exercises"))[0]).toMatchObject({ state: "committed", storedCount: 12 });
  expect(sum(byRoute)).toBeLessThan(60);
});

test("after a refused token nothing is asked with it, in a batch or a stream", async () => {
  const athleteId = await trainedOften(20, {});
  await world.at.db.update(connections).set({ status: "active" }).where(eq(connections.athleteId, athleteId));
  await spoil({ method: "GET", pathPattern: "/exercises/\\d+$" }, { status: 401, body: "" });
  const byRoute = await requestsOf(() => again(athleteId));
  expect(await sync(world.at, athleteId)).toMatchObject({ outcome: "not-connected" });
  const [connection] = await world.at.db
    .select()
    .from(connections)
    .where(eq(connections.athleteId, athleteId));
  expect(connection).toMatchObject({ status: "needs-reconnection", accessTokenSealed: null });
  // The simulator counts what it answered itself: a fault before the work leaves no trace, the items under way four at most.
  const { faults } = await world.sendTo<{ faults: { hits: number }[] }>("/faults");
  expect(faults[0]?.hits).toBeLessThanOrEqual(4);
  expect(Object.keys(byRoute).filter((route) => route.startsWith("PUT"))).toEqual([]);
});

test("news that Polar tells of and hands out in no transaction is a trouble after three cycles", async () => {
  const athleteId = await newAthlete(world, ["exercises"]);
  await sync(world.at, athleteId);
  await world.setClock(new Date(world.now().getTime() + 3_600_000));
  await world.sendTo("/users/aino/session", { minutes: 33, startTime: "05:30" });
  await spoil({ method: "POST", pathPattern: "/exercise-transactions$" }, { status: 204 });
  for (let cycle = 1; cycle <= 3; cycle += 1) {
    expect((await listDue({ ctx: world.at.job() })).athleteIds).toContain(athleteId);
    await sync(world.at, athleteId);
    expect((await stateOf(athleteId, "exercises"))?.errorCode).toBe(cycle < 3 ? null : "provider-withholds");
    await world.setClock(new Date(world.now().getTime() + 15 * 60_000));
  }
  expect(await troubleOf(athleteId, "exercises")).toMatchObject({ errorCode: "provider-withholds" });
  // It is there all the same, from the plain collection.
  expect((await factsOf(world.at.db, athleteId)).workouts).toHaveLength(3);
  await recover(world, athleteId);
  expect(await stateOf(athleteId, "exercises")).toMatchObject({ errorCode: null, newsWithheld: 0 });
  await expectAgreement(world, athleteId, ["exercises"]);
});

test.each([
  ["exercises", "session", { minutes: 33, startTime: "05:30" }],
  ["activities", "activity", { steps: 4321 }],
] as const)(
  "news that only the plain collection shows is a trouble too: %s",
  async (stream, kind, upload) => {
    const athleteId = await newAthlete(world, [stream]);
    await sync(world.at, athleteId);
    await world.sendTo("/knobs", { opening: "withhold" });
    await world.setClock(new Date(world.now().getTime() + 2 * 86_400_000));
    await world.sendTo(`/users/aino/${kind}`, upload);
    for (let cycle = 1; cycle <= 4; cycle += 1) {
      await again(athleteId);
      await world.setClock(new Date(world.now().getTime() + 15 * 60_000));
    }
    expect(await troubleOf(athleteId, stream)).toMatchObject({ errorCode: "provider-withholds" });
  },
);

test("a stream without news stays in order, however often Polar answers 204", async () => {
  const athleteId = await newAthlete(world);
  await sync(world.at, athleteId);
  for (let cycle = 0; cycle < 5; cycle += 1) {
    await world.setClock(new Date(world.now().getTime() + 3_600_000));
    expect(await again(athleteId)).toMatchObject({ failed: [] });
  }
  for (const stream of ["exercises", "activities", "physical-info"])
    expect(await stateOf(athleteId, stream)).toMatchObject({ errorCode: null, newsWithheld: 0 });
});

test("an interrupted transaction is listed again: what its list holds more by then is read before the commit", async () => {
  const athleteId = await newAthlete(world, ["exercises"]);
  const items = { method: "GET", pathPattern: "/exercise-transactions/\\d+/exercises/" };
  await world.sendTo("/faults", { match: items, times: 2, status: 500 });
  await sync(world.at, athleteId);
  const [known] = await world.at.db
    .select()
    .from(transactionItems)
    .where(eq(transactionItems.athleteId, athleteId))
    .limit(1);
  await world.at.db.delete(transactionItems).where(eq(transactionItems.uri, known?.uri ?? ""));
  expect(await again(athleteId)).toMatchObject({ failed: [] });
  expect((await ledgerOf(athleteId, "exercises"))[0]).toMatchObject({ state: "committed", storedCount: 2 });
  await recover(world, athleteId);
  await expectAgreement(world, athleteId, ["exercises"]);
});

test("notices that were not understood are no news and no silence: what is due is synced, families are asked hourly, and it is told", async () => {
  const athleteId = await newAthlete(world, ["exercises"]);
  const rows = (...list: unknown[]) => ({
    status: 200,
    body: JSON.stringify({ "available-user-data": list }),
  });
  const answers = {
    ...UNCLEAR,
    ...BARE_LIST,
    "a list of other things": rows(7, null),
    "news of nobody": rows({ "data-type": "EXERCISE" }),
    "news among which one is not understood": rows({ "user-id": 1, "data-type": "EXERCISE" }, "x"),
  };
  for (const [name, fault] of Object.entries(answers)) {
    await spoil({ method: "GET", pathPattern: "^/v3/notifications$" }, fault);
    expect((await listDue({ ctx: world.at.job() })).athleteIds, name).toContain(athleteId);
    expect((await stateOf(athleteId, "exercises"))?.newsAt ?? null, name).toBeNull();
    await clear();
  }
  await sync(world.at, athleteId);
  expect((await listDue({ ctx: world.at.job() })).athleteIds).not.toContain(athleteId);
  await spoil({ method: "GET", pathPattern: "^/v3/notifications$" }, { bodiless: true, status: 200 });
  await world.setClock(new Date(world.now().getTime() + 61 * 60_000));
  await world.sendTo("/users/aino/session", { minutes: 33, startTime: "05:30" });
  expect((await listDue({ ctx: world.at.job() })).athleteIds).toContain(athleteId);
  expect((await stateOf(athleteId, "exercises"))?.nextDueAt).toEqual(world.now());
  const { failures } = await viewOperation({ ctx: owner(), input: { mails: "few" } });
  expect(failures).toMatchObject([{ functionId: "sync-due", error: expect.stringContaining("notices") }]);
});

test("a registration that was not understood is looked after, or asked again", async () => {
  for (const [name, fault] of Object.entries({ ...UNCLEAR, ...BARE_LIST, ...NONE_204 })) {
    await world.sendTo("/reset", {});
    await world.at.db.delete(connections);
    const athleteId = await seedConsentingAthlete(world.at.db, world.at.squad, { now: world.now() });
    const token = await tokenOf(world.sim, "aino");
    const input = {
      athleteId,
      provider: POLAR,
      accountId: String(token.x_user_id),
      accessToken: token.access_token,
    };
    const attempt = () => connect({ ctx: world.at.job(), input: { ...input, expiresInS: token.expires_in } });
    await spoil({ method: "POST", pathPattern: "^/v3/users$" }, fault);
    const outcome = await attempt().then(
      () => "connected",
      (error) => error.code,
    );
    const { users } = await world.sendTo<{ users: Record<string, { registered: boolean }> }>(
      "/oracle?login=aino",
    );
    expect([name, outcome]).toEqual([name, users.aino?.registered ? outcome : "provider-failed"]);
    await clear();
    if (outcome !== "connected") await attempt();
    const [row] = await world.at.db.select().from(connections).where(eq(connections.athleteId, athleteId));
    expect(row?.status, name).toBe("active");
  }
});

test("a de-registration that was not understood is owed still", async () => {
  for (const [name, fault] of Object.entries({ ...UNCLEAR, ...BARE_LIST })) {
    const athleteId = await newAthlete(world, ["sleep"]);
    await spoil({ method: "DELETE", pathPattern: "^/v3/users/" }, fault);
    await revoke({ ctx: world.at.job(), input: { athleteId } });
    const [row] = await world.at.db.select().from(connections).where(eq(connections.athleteId, athleteId));
    expect([name, row?.status, row?.statusReason]).toEqual([name, "revoked", "deregistration-pending"]);
    await clear();
  }
});
