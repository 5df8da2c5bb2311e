import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { recoverSyncs } from "@/lib/services/sync/cycle";
import { startSimulator } from "@/simulator/server";
import {
  ALL_STREAMS,
  connectedAthlete,
  control,
  freshInstallation,
  type Installation,
  pointAt,
  sync,
} from "../integration/sync-support";
import { expectNothingTwice, expectSettled, storedItemIds } from "./state";

export type Sim = Awaited<ReturnType<typeof startSimulator>>;
export type World = {
  sim: Sim;
  at: Installation;
  sendTo: ReturnType<typeof control>;
  /** Puts both clocks, Polar's and ours, to a moment. */
  setClock: (now: Date) => Promise<void>;
  now: () => Date;
  close: () => Promise<void>;
};

const NOON = new Date("2026-05-20T09:00:00.000Z");
const MINUTE_MS = 60_000;

/** What the athletes of these tests share: the days from here on. */
export const SHARED_DAYS = { from: "2026-05-17" };

/** Simulator and database of one test file, with one clock; the documented, short history keeps a sync small. */
export async function createWorld(webhook?: { url: string; secret: string }): Promise<World> {
  let now = NOON;
  const options = { scenario: "small", history: "documented", fixedNow: NOON.toISOString() } as const;
  const sim = await startSimulator({ ...options, ...(webhook ? { webhook } : {}) });
  pointAt(sim);
  const at = await freshInstallation(() => now);
  const sendTo = control(sim);
  const close = async () => {
    await at.close();
    await sim.close();
  };
  const setClock = async (moment: Date) => {
    now = moment;
    await sendTo("/clock", { now: moment.toISOString() });
  };
  return { sim, at, sendTo, setClock, now: () => now, close };
}

/** Polar as at its beginning, with some of its policies, and an athlete who shares the last days and has just trained, walked and stepped on a scale. */
export async function newAthlete(
  world: World,
  streams: string[] = ALL_STREAMS,
  knobs: object = {},
): Promise<string> {
  await world.sendTo("/reset", {});
  await world.sendTo("/knobs", knobs);
  await world.setClock(NOON);
  await world.at.db.execute(sql`delete from connections`);
  await world.at.db.execute(sql`delete from rate_budgets`);
  const athleteId = await connectedAthlete(world.at, world.sim, {
    login: "aino",
    streams,
    history: "from-now",
    acceptedAt: new Date(`${SHARED_DAYS.from}T09:00:00Z`),
  });
  await world.sendTo("/users/aino/session", { minutes: 30, startTime: "08:30", strap: true });
  await world.sendTo("/users/aino/session", { minutes: 45, startTime: "06:30" });
  await world.sendTo("/users/aino/activity", { steps: 9000 });
  await world.sendTo("/users/aino/activity", { steps: 12_000 });
  await world.sendTo("/users/aino/weight", { weightKg: 61.5 });
  return athleteId;
}

const A_DAY_AND_AN_HOUR = 25 * 60 * MINUTE_MS;

/** The next day's cycle. Nothing is asked for by hand: that everything is due again must have survived. */
export async function recover(world: World, athleteId: string): Promise<void> {
  await fetch(`${world.sim.url}/_sim/faults`, { method: "DELETE" });
  await world.setClock(new Date(world.now().getTime() + A_DAY_AND_AN_HOUR));
  await recoverSyncs({ ctx: world.at.job() });
  expect(await sync(world.at, athleteId, "recovered")).toMatchObject({ outcome: "synced", failed: [] });
}

type Ids = { ids: (number | string)[] };
type Families = Record<string, Record<"available" | "committed" | "held", Ids>>;
const FAMILY_OF: Record<string, string> = {
  exercises: "exercises",
  activities: "activities",
  "physical-info": "physical-informations",
};
type Oracle = { users: Record<string, { families: Families; plain: Record<string, { count: number }> }> };

/** Polar's side agrees: nothing is committed there that is not stored here, and nothing consented to is left there. */
export async function expectAgreement(
  world: World,
  athleteId: string,
  streams: string[] = ALL_STREAMS,
): Promise<void> {
  await expectSettled(world.at.db, athleteId);
  await expectNothingTwice(world.at.db, athleteId);
  const { users } = await world.sendTo<Oracle>("/oracle?login=aino");
  const stored = await storedItemIds(world.at.db, athleteId);
  for (const [stream, name] of Object.entries(FAMILY_OF)) {
    const family = users.aino?.families[name];
    expect(family?.committed.ids.filter((id) => !stored.has(String(id)))).toEqual([]);
    expect(family?.held.ids).toEqual([]);
    const left = family?.available.ids.filter((id) => !family.committed.ids.includes(id));
    expect(left).toEqual(streams.includes(stream) ? [] : family?.available.ids);
  }
}
