import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { users } from "@/db/schema/auth";
import { memberships } from "@/db/schema/team";
import { inngest, transport } from "@/inngest/client";
import { closeJobDatabase, jobContext } from "@/inngest/context";
import { createEmbeddedEngine, type EmbeddedEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/functions/index";
import { startRelayLoop } from "@/inngest/relay-loop";
import { currentTime } from "@/lib/clock";
import { demonstrationClient, env } from "@/lib/env";
import { relayOutbox } from "@/lib/services/events/relay";
import { recoverSyncs } from "@/lib/services/sync/recover";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { startMailbox } from "@/scripts/mailbox/mailbox";
import { startSimulator } from "@/simulator/server";
import { connectedAthlete, type Installation } from "../integration/sync-support";
import { contextOf, flaggedDays, seedAthlete, seedDays, seedSquad, silent } from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";

const MINUTE_MS = 60_000;

export type Squad = { teamId: string; squadId: string; timeZone: string; login: string };
export type World = Awaited<ReturnType<typeof createWorld>>;

const PLACES = [
  { timeZone: "Europe/Helsinki", login: "aino" },
  { timeZone: "America/New_York", login: "bram" },
  { timeZone: "Pacific/Auckland", login: "chi" },
] as const;

/** An installation with a squad in each of three zones, whose clock, the jobs' and Polar's, is a file. */
export async function createWorld(input: { from: Date; days: number }) {
  const folder = mkdtempSync(join(tmpdir(), "restday-clock-"));
  const clockFile = join(folder, "clock.json");
  const setClock = (now: Date) =>
    writeFileSync(clockFile, JSON.stringify({ mode: "fixed", now: now.toISOString() }));
  setClock(input.from);
  const secret = "a secret of at least thirty-two characters";
  const client = demonstrationClient(secret);
  // Its athletes live where the day begins first, so that a night is there wherever the squad's morning is.
  const sim = await startSimulator({
    scenario: "small",
    timeZone: "Pacific/Auckland",
    clockFile,
    clientId: client.id,
    clientSecret: client.secret,
  });
  const mailbox = await startMailbox({ httpPort: 0, smtpPort: 0, folder });
  const database = await freshDatabase();
  stubEnvironment({
    AUTH_SECRET: secret,
    DATABASE_URL: database.url,
    POLAR_API_URL: sim.url,
    SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}`,
    TEST_CLOCK: clockFile,
  });
  expect(env()).toMatchObject({ mode: "demonstration", TEST_CLOCK: clockFile });
  const squads: Squad[] = [];
  for (const place of PLACES) squads.push(await seedPlace(database, sim, { ...place, ...input }));
  let jobs = await startJobs(database);

  /** Sets every clock, and waits until the jobs have seen it and done all that came of it. */
  async function at(now: Date): Promise<void> {
    setClock(now);
    const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
    await vi.waitFor(
      async () => {
        const [row] = await database.db.execute<{ ticked: boolean; idle: boolean }>(sql`
          select coalesce((select ticked_at from engine.clock) = ${minute}::timestamptz, false) as ticked,
            not exists (select from engine.runs where state in ('queued', 'active', 'sleeping'))
            and not exists (select from outbox where relayed_at is null) as idle`);
        expect(row).toEqual({ ticked: true, idle: true });
      },
      { timeout: 60_000, interval: 15 },
    );
  }

  async function restart(): Promise<void> {
    await jobs.stop();
    jobs = await startJobs(database);
  }

  async function close(): Promise<void> {
    await jobs.stop();
    await closeJobDatabase();
    await mailbox.close();
    await database.close();
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
  }

  return { db: database.db, sim, squads, mailbox, at, restart, close };
}

async function startJobs(database: Database) {
  const engine: EmbeddedEngine = createEmbeddedEngine({
    client: inngest,
    transport,
    functions,
    url: database.url,
    log: silent,
    clock: currentTime,
    lookEveryMs: 10,
    backoff: () => 10,
    beforeJobs: () => recoverSyncs({ ctx: jobContext("recover-syncs") }),
  });
  await engine.start();
  const relay = startRelayLoop(
    async () => {
      await relayOutbox({ db: database.db, send: (events) => engine.send(events) });
      return "drained";
    },
    (error) => {
      throw error;
    },
  );
  return { stop: () => relay.stop().then(() => engine.stop()) };
}

type Database = Awaited<ReturnType<typeof freshDatabase>>;
type Sim = Awaited<ReturnType<typeof startSimulator>>;

/**
 * A squad with a coach; somebody whose nights come from Polar; and for each day somebody of whom there is news then,
 * so that every morning has its mail.
 */
async function seedPlace(
  database: Database,
  sim: Sim,
  input: { timeZone: string; login: string; from: Date; days: number },
): Promise<Squad> {
  const { timeZone, login, from, days } = input;
  const squad = await seedSquad(database.db, { timeZone, name: timeZone });
  const [coach] = await database.db
    .insert(users)
    .values({ email: `coach@${timeZone.toLowerCase().replace("/", ".").replace("_", "-")}.example` })
    .returning();
  await database.db.insert(memberships).values({ teamId: squad.teamId, userId: coach!.id, role: "coach" });
  const first = from.toISOString().slice(0, 10) as CivilDate;
  for (let day = 0; day <= days; day += 1) {
    const athlete = await seedAthlete(database.db, squad, { name: `Day ${day}` });
    await seedDays(database.db, athlete, { from: addDays(first, day - 79), days: flaggedDays() });
  }
  const installation: Installation = {
    ...database,
    squad,
    job: () => contextOf(database.db, { now: currentTime() }),
  };
  await connectedAthlete(installation, sim, { login, streams: ["nightly-recharge", "sleep", "cardio-load"] });
  return { ...squad, timeZone, login };
}
