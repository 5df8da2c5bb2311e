import { afterAll, beforeAll, expect, test } from "vitest";
import { syncLeases } from "@/db/schema/connection";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";
import { ALL_STREAMS, eventsOf } from "../integration/sync-support";
import { createLife, Death, type Life, mortalDatabase, withMortalFetch } from "./mortal";
import { differences, factsOf } from "./state";
import { createWorld, expectAgreement, newAthlete, recover, type World } from "./world";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

/** A sync in a process that dies at its `life`'s end. */
async function syncMortally(athleteId: string, life: Life): Promise<void> {
  const ctx = { ...world.at.job(), db: mortalDatabase(world.at.client, life) };
  try {
    await withMortalFetch(life, () => syncAthlete({ ctx, input: { athleteId, reason: "connected" } }));
  } catch (error) {
    if (!life.isOver()) throw error;
  }
}

async function hasToldScoring(athleteId: string): Promise<boolean> {
  expect(await world.at.db.select().from(syncLeases)).toEqual([]);
  const told = await eventsOf(world.at.db, "athlete/day.changed");
  return told.some((data) => data.athleteId === athleteId);
}

test.each(ALL_STREAMS)(
  "a process that dies at any moment of syncing %s loses and doubles nothing",
  async (stream) => {
    const streams = [stream];
    const whole = createLife();
    const first = await newAthlete(world, streams);
    await syncMortally(first, whole);
    await recover(world, first);
    await expectAgreement(world, first, streams);
    const facts = await factsOf(world.at.db, first);
    expect(Object.values(facts).flat().length).toBeGreaterThan(0);
    expect(whole.beats()).toBeGreaterThan(15);
    const tellsScoring = await hasToldScoring(first);

    for (let deathAt = 1; deathAt <= whole.beats(); deathAt += 1) {
      const athleteId = await newAthlete(world, streams);
      await syncMortally(athleteId, createLife(deathAt));
      await recover(world, athleteId);
      await expectAgreement(world, athleteId, streams);
      const found = await factsOf(world.at.db, athleteId);
      expect(differences(facts, found), `death at ${deathAt}`).toEqual([]);
      expect(await hasToldScoring(athleteId), `scoring after death at ${deathAt}`).toBe(tellsScoring);
    }
  },
  300_000,
);

test("a dead process stays dead", () => {
  const life = createLife(2);
  life.beat();
  expect(() => life.beat()).toThrow(Death);
  expect(() => life.beat()).toThrow(Death);
});
