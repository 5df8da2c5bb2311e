/**
 * Sets the demonstration squad up: invites the people of the simulator's scenario, lets each accept and authorise over
 * HTTP as in a browser, and waits until the app's own jobs have read and scored everything. Safe to repeat.
 */
import { openDatabase } from "@/db/client";
import type { Context } from "@/lib/context";
import { env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { providers } from "@/lib/providers/registry";
import { inventCheckIns } from "@/lib/services/check-ins/invent";
import { readScoringProgress } from "@/lib/services/readiness/score";
import { randomFor } from "@/simulator/random";
import { join } from "./demo/join";
import { readScenario, type SimulatedAthlete } from "./demo/simulator";
import { actAsDemoCoach, demoSquad } from "./demo/squad";
import { adoptRuntimeEnvironment } from "./run/runtime";

const JOINING_AT_ONCE = 3;
const LONGEST_WAIT_MS = 15 * 60_000;
const LOOK_EVERY_MS = 1_000;

type Demonstration = { ctx: Context; squadId: string; athletes: SimulatedAthlete[] };

async function main(): Promise<void> {
  adoptRuntimeEnvironment();
  if (env().mode !== "demonstration") throw new Error("This command is for the demonstration only");
  const { db, close } = openDatabase({ url: env().DATABASE_URL, maxConnections: 4, name: "demonstration" });
  try {
    const system: Context = {
      db,
      actor: { kind: "job", job: "demonstration" },
      teamId: null,
      now: new Date(),
      log: createLog("demonstration"),
      providers,
    };
    const { athletes, timeZone } = await readScenario(env().POLAR_API_URL);
    const ctx = await actAsDemoCoach(system);
    const demonstration = { ctx, athletes, ...(await demoSquad(ctx, timeZone)) };
    if (await everybodyJoins(demonstration)) {
      await untilScored(demonstration);
      const randomOf = (name: string) => randomFor("check-ins", name);
      const athletes = await progressOf(demonstration);
      await inventCheckIns({ ctx: demonstration.ctx, input: { timeZone, athletes, randomOf } });
    }
  } finally {
    await close();
  }
}

/** Invites and connects whoever is not there yet. False when there was nobody. */
async function everybodyJoins(demonstration: Demonstration): Promise<boolean> {
  const { ctx, squadId, athletes } = demonstration;
  const present = new Map((await progressOf(demonstration)).map((athlete) => [athlete.email, athlete]));
  const missing = athletes.filter(({ email }) => !present.get(email)?.connection);
  if (missing.length === 0) return false;
  console.log(
    `Inviting ${missing.length} athletes. The simulator's rate limits are raised, so that a whole squad can connect at once.`,
  );
  // Loaded only when somebody is invited: a start with everybody there should not wait for mail templates.
  const { linkFor } = await import("./demo/link");
  const links: { login: string; link: string }[] = [];
  for (const athlete of missing) {
    const athleteId = present.get(athlete.email)?.athleteId;
    links.push({
      login: athlete.login,
      link: await linkFor(ctx, { squadId, athlete, athleteId, place: links.length }),
    });
  }
  await inParallel(links, ({ login, link }) => {
    const joining = { appUrl: env().APP_URL, link, login };
    // A busy machine may let an answer time out; whoever is left out now stays out until the next start.
    return join(joining).catch(() => join(joining));
  });
  console.log(`${missing.length} athletes have accepted and authorised at Polar.`);
  return true;
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: JOINING_AT_ONCE }, worker));
}

/** Waits for the app's own jobs, and tells how far they are. */
async function untilScored(demonstration: Demonstration): Promise<void> {
  const until = Date.now() + LONGEST_WAIT_MS;
  let told = -1;
  for (;;) {
    const connected = (await progressOf(demonstration)).filter(({ connection }) => connection === "active");
    const missing = connected.filter(({ backfilled, scoredDays }) => !backfilled || scoredDays === 0);
    const done = connected.length - missing.length;
    if (done !== told && (missing.length === 0 || done % 4 === 0))
      console.log(`${done} of ${connected.length} athletes are read and scored.`);
    told = done;
    if (missing.length === 0) return;
    if (Date.now() > until)
      throw new Error(`Not read and scored yet: ${missing.map(({ name }) => name).join(", ")}. Jobs go on.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function progressOf({ ctx, squadId }: Demonstration) {
  return readScoringProgress({ ctx, input: { squadId } });
}

main().catch((error: unknown) => {
  console.error(`The demonstration squad is not complete: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
});
