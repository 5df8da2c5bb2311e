import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connections } from "@/db/schema/connection";
import { listDue } from "@/lib/services/sync/cycle";
import { defaultKnobs } from "@/simulator/knobs";
import { differences, factsOf } from "../faults/state";
import { createWorld, expectAgreement, newAthlete, recover, type World } from "../faults/world";
import { ALL_STREAMS, sync } from "./sync-support";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** What Polar's documentation leaves open, each way that differs from the simulator's default. */
const POLICIES = [
  { txTtlMinutes: 1 },
  { txTtlRequests: 3 },
  { txTtlMinutes: 5 / 60 },
  { commitAnswer: "204" },
  { secondPost: "204-while-open" },
  { secondPost: "return-same" },
  { doubleCommit: 204 },
  { readAfterCommit: 204 },
  { itemsPerTransaction: 1 },
  { unregisteredStatus: 401 },
  { unregisteredStatus: 404 },
  { unregisteredStatus: 204 },
  { registerStatus: 201 },
  { expiresInS: 31_535_999 },
  { sampleType: "integer" },
  { heartRateRange: "single" },
  { veryHighKey: "very-high" },
  { errorBody: "flat" },
  { errorBody: "empty" },
  { durations: "seconds" },
  { activityTime: "second" },
  { inactivityStamps: "wrapped" },
  { runningIndexKey: "running_index" },
  { responseDelayMs: 5 },
];

/** Knobs that have their tests elsewhere. */
const ELSEWHERE = [
  // Ways of telling times, bodies and naps: set-aside.test.ts.
  "bodyModified",
  "naps",
  "singlePrecision",
  "startTimes",
  "retired", // sync-lifecycle
  "openList", // sync-answers
  "absentItems", // sync-answers
  "opening", // sync-answers
  "expiry", // invitations
  "pingSignature", // sync-webhooks
  "rateLimits", // sync-quota
  "badClientStatus", // sign-in with Polar: simulator/routes/oauth, auth
  "loopbackRedirects",
  "webhookRetryDelaysS",
  "webhookDelayMs",
  "webhookLose", // tests/faults
  "webhookDuplicate",
];

/** The scheduler's cycles until nothing is due any more. */
async function runCycles(athleteId: string): Promise<void> {
  for (let cycle = 0; cycle < 12; cycle += 1) {
    const { athleteIds } = await listDue({ ctx: world.at.job() });
    if (!athleteIds.includes(athleteId)) return;
    expect(await sync(world.at, athleteId)).toMatchObject({ outcome: "synced" });
    await world.setClock(new Date(world.now().getTime() + 15 * 60_000));
  }
  throw new Error("the athlete stayed due");
}

/** A first sync that breaks off at the first transaction's list, and everything after it. */
async function liveUnder(knobs: object): Promise<Record<string, string[]>> {
  const athleteId = await newAthlete(world, ALL_STREAMS, knobs);
  const match = { method: "GET", pathPattern: "-transactions/\\d+$" };
  await world.sendTo("/faults", { match, drop: true, phase: "after" });
  expect((await sync(world.at, athleteId, "connected")).failed).toHaveLength(1);
  await recover(world, athleteId);
  await runCycles(athleteId);
  await expectAgreement(world, athleteId);
  const [connection] = await world.at.db
    .select()
    .from(connections)
    .where(eq(connections.athleteId, athleteId));
  expect(connection).toMatchObject({ status: "active" });
  return factsOf(world.at.db, athleteId);
}

let usual: Record<string, string[]> | undefined;

test.each(POLICIES)("what is stored is the same under the policy %o", async (knobs) => {
  usual ??= await liveUnder({});
  expect(differences(usual, await liveUnder(knobs))).toEqual([]);
});

test("every knob of the simulator is tried here or elsewhere", () => {
  const tried = [...POLICIES.flatMap((policy) => Object.keys(policy)), ...ELSEWHERE];
  expect([...new Set(tried)].sort()).toEqual(Object.keys(defaultKnobs).sort());
});
