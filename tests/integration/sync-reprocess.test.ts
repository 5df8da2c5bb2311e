import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rawPayloads } from "@/db/schema/payload";
import { sleeps, workouts } from "@/db/schema/wearable";
import { normalisePayload } from "@/lib/providers/polar/normalise/payload";
import type { Parser } from "@/lib/services/payloads/parse";
import { type ReprocessInput, reprocess } from "@/lib/services/payloads/reprocess";
import { startSimulator } from "@/simulator/server";
import { factsOf } from "../faults/state";
import {
  ALL_STREAMS,
  connectedAthlete,
  freshInstallation,
  type Installation,
  pointAt,
  sync,
} from "./sync-support";

let sim: Awaited<ReturnType<typeof startSimulator>>;
let at: Installation;
let athleteId: string;

beforeAll(async () => {
  sim = await startSimulator({ scenario: "small" });
  pointAt(sim);
  at = await freshInstallation();
  athleteId = await connectedAthlete(at, sim, { login: "aino", streams: ALL_STREAMS });
  await sync(at, athleteId);
});
afterAll(async () => {
  await at.close();
  await sim.close();
});

/** The first parser did not read the group scores of a night. */
const first: Parser = {
  version: 1,
  normalise(payload) {
    const normalised = normalisePayload(payload);
    if (normalised.kind !== "sleep") return normalised;
    const groupless = { durationScore: null, solidityScore: null, regenerationScore: null };
    const values = normalised.values.map((sleep) => ({ ...sleep, polar: { ...sleep.polar, ...groupless } }));
    return { ...normalised, values };
  },
};

/** The second did not keep where the files of a session are. */
const second: Parser = {
  version: 2,
  normalise(payload) {
    const normalised = normalisePayload(payload);
    if (normalised.kind !== "workout") return normalised;
    return { ...normalised, values: normalised.values.map((workout) => ({ ...workout, files: null })) };
  },
};

async function run(input: Partial<ReprocessInput>) {
  const { athletes } = await reprocess({
    ctx: at.job(),
    input: { stream: null, since: null, mode: "write", ...input },
  });
  const [one] = athletes;
  if (!one) throw new Error("nothing was reprocessed");
  return one;
}

async function scoresStored(): Promise<number> {
  const rows = await at.db.select().from(sleeps);
  return rows.filter((row) => row.polar.durationScore !== null).length;
}

test("rebuilding everything from raw payloads changes nothing, and keeps the ids of sessions", async () => {
  const facts = await factsOf(at.db, athleteId);
  const ids = (await at.db.select({ id: workouts.id }).from(workouts)).map((row) => row.id).sort();
  const { payloads, differences } = await run({});
  expect(payloads).toBeGreaterThan(100);
  expect(differences).toEqual([]);
  expect(await factsOf(at.db, athleteId)).toEqual(facts);
  expect((await at.db.select({ id: workouts.id }).from(workouts)).map((row) => row.id).sort()).toEqual(ids);
});

test("a field that a later parser reads appears for old payloads, after a dry run that only tells", async () => {
  const all = await scoresStored();
  expect(all).toBeGreaterThan(20);
  expect((await run({ parser: first, stream: "sleep" })).differences).toHaveLength(all);
  expect(await scoresStored()).toBe(0);
  const versions = await at.db
    .selectDistinct({ v: rawPayloads.parserVersion })
    .from(rawPayloads)
    .where(eq(rawPayloads.stream, "sleep"));
  expect(versions).toEqual([{ v: 1 }]);

  const dry = await run({ mode: "dry-run" });
  expect(dry.differences).toHaveLength(all);
  expect(dry.differences[0]).toMatchObject({ row: expect.stringContaining("sleeps 20"), field: "polar" });
  expect(await scoresStored()).toBe(0);

  expect((await run({})).differences).toHaveLength(all);
  expect(await scoresStored()).toBe(all);
  expect((await run({})).differences).toEqual([]);
});

test("files of sessions that an earlier parser did not keep appear for old payloads, once", async () => {
  const withFiles = async () =>
    (await at.db.select().from(workouts)).filter((row) => row.files !== null).length;
  const all = await withFiles();
  expect(all).toBeGreaterThan(10);
  expect((await run({ parser: second, stream: "exercises" })).differences).toHaveLength(all);
  expect(await withFiles()).toBe(0);
  const { differences } = await run({ stream: "exercises" });
  expect(new Set(differences.map((one) => one.field))).toEqual(new Set(["files"]));
  expect(await withFiles()).toBe(all);
  expect((await run({ stream: "exercises" })).differences).toEqual([]);
});

test("only what was fetched since a date is read again, and nothing is taken away", async () => {
  const future = new Date(Date.now() + 86_400_000);
  expect(await run({ since: future })).toMatchObject({ payloads: 0, differences: [] });
  const [{ payloads }] = [await run({ since: new Date(Date.now() - 86_400_000) })];
  expect(payloads).toBeGreaterThan(100);
});

test("rows that no payload holds any more go", async () => {
  await at.db.update(rawPayloads).set({ parsedAt: null }).where(eq(rawPayloads.stream, "sleep"));
  await at.owner`update raw_payloads set body = '{}' where resource = 'sleep' and provider_key = (select max(date)::text from sleeps)`;
  const before = (await at.db.select().from(sleeps)).length;
  const { differences } = await run({ stream: "sleep" });
  expect(differences).toEqual([
    { row: expect.stringMatching(/^sleeps /), field: "row", before: "there", after: "gone" },
  ]);
  expect(await at.db.select().from(sleeps)).toHaveLength(before - 1);
});
