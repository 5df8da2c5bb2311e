import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { sql } from "drizzle-orm";
import { expect, vi } from "vitest";
import { POST as polarCalls } from "@/app/api/webhooks/[provider]/route";
import { users } from "@/db/schema/auth";
import { squadMornings } from "@/db/schema/mail";
import { memberships } from "@/db/schema/team";
import { inngest, transport } from "@/inngest/client";
import { closeJobDatabase, jobContext } from "@/inngest/context";
import { createEmbeddedEngine } from "@/inngest/embedded/engine";
import { functions } from "@/inngest/functions/index";
import { startRelayLoop } from "@/inngest/relay-loop";
import { currentTime } from "@/lib/clock";
import { demonstrationClient, env } from "@/lib/env";
import { relayOutbox } from "@/lib/services/events/outbox";
import { recoverSyncs } from "@/lib/services/sync/cycle";
import { addDays, type CivilDate } from "@/lib/time/civil-date";
import { POLAR } from "@/lib/wearables/provider";
import { startMailbox } from "@/scripts/mailbox/mailbox";
import { readScenario, type Scenario, type Story } from "@/simulator/scenario";
import { startSimulator } from "@/simulator/server";
import { connectedAthlete, control, type Installation } from "../integration/sync-support";
import {
  contextOf,
  flaggedDays,
  seedAthlete,
  seedDays,
  seedSquad,
  silent,
  steadyDays,
} from "../support/athletes";
import { freshDatabase } from "../support/database";
import { stubEnvironment } from "../support/environment";
import {
  type Athlete,
  type Calendar,
  MAIL_TIME,
  type Night,
  PLACES,
  type Place,
  rmssdOf,
  type Span,
} from "./calendar";

const MINUTE_MS = 60_000;

export type Squad = Place & {
  teamId: string;
  squadId: string;
  /** Athletes by the day on which they are flagged, whose nights are there beforehand. */
  flaggedOn: Map<CivilDate, string>;
};
export type World = Awaited<ReturnType<typeof createWorld>>;
/** Somebody whose night alone comes late, and flags then. */
type Late = { athlete: Athlete & { low: NonNullable<Athlete["low"]> }; athleteId: string };
type Database = Awaited<ReturnType<typeof freshDatabase>>;
type Sim = Awaited<ReturnType<typeof startSimulator>>;

/** Who are at Polar, living where the day begins first: a date's night can be there whatever the squad's zone. They have no nights but those of the calendar. */
function scenarioOf({ athletes }: Calendar): Scenario {
  const small = readScenario("small");
  const one = small.athletes[0]!;
  const source = { ...(one.source as Story), recentZ: [], missingShare: 1 };
  const at = athletes.map(({ who }) => ({ ...one, login: who, email: `${who}@example.org`, source }));
  return { ...small, timeZone: "Pacific/Auckland", athletes: at };
}

/** The app's door for Polar's webhook, on a port of its own; closed while the machine is off. */
async function startDoor(isOn: () => boolean) {
  const server = createServer(async (request, response) => {
    if (!isOn()) return response.destroy();
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const { port } = server.address() as AddressInfo;
    const body = new Uint8Array(await buffer(request));
    const url = `http://localhost:${port}${request.url}`;
    const answer = await polarCalls(new Request(url, { method: "POST", headers, body }), {
      params: Promise.resolve({ provider: POLAR }),
    });
    response.writeHead(answer.status).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, port: (server.address() as AddressInfo).port };
}

/** An installation with a squad in each of three zones, whose clock, the jobs' and Polar's, is a file. */
export async function createWorld(calendar: Calendar) {
  const folder = mkdtempSync(join(tmpdir(), "restday-clock-"));
  const clockFile = join(folder, "clock.json");
  const setClock = (now: Date) =>
    writeFileSync(clockFile, JSON.stringify({ mode: "fixed", now: now.toISOString() }));
  setClock(calendar.run.from);
  const secret = "a secret of at least thirty-two characters";
  const client = demonstrationClient(secret);
  const sim = await startSimulator({
    scenario: scenarioOf(calendar),
    clockFile,
    clientId: client.id,
    clientSecret: client.secret,
    // A call that finds the machine off is lost.
    knobs: { webhookRetryDelaysS: [] },
  });
  const mailbox = await startMailbox({ httpPort: 0, smtpPort: 0, folder });
  const database = await freshDatabase();
  let jobs: Jobs | undefined;
  const door = await startDoor(() => jobs !== undefined);
  stubEnvironment({
    APP_URL: `http://localhost:${door.port}`,
    AUTH_SECRET: secret,
    DATABASE_URL: database.url,
    POLAR_API_URL: sim.url,
    SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}`,
    TEST_CLOCK: clockFile,
  });
  expect(env()).toMatchObject({ mode: "demonstration", TEST_CLOCK: clockFile });
  const squads: Squad[] = [];
  for (const place of PLACES) squads.push(await seedSquadOf(database, place, calendar.run));
  const late: Late[] = [];
  for (const athlete of calendar.athletes) {
    const squad = squads.find(({ name }) => name === athlete.place.name)!;
    const athleteId = await seedAtPolar({ ...database, squad }, sim, { athlete, run: calendar.run });
    if (athlete.low) late.push({ athlete: { ...athlete, low: athlete.low }, athleteId });
  }

  /** Sets every clock, and waits until the jobs, where they run, have seen it and done all that came of it. */
  async function at(now: Date): Promise<void> {
    setClock(now);
    jobs ??= await startJobs(database);
    const minute = new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS).toISOString();
    await vi.waitFor(
      async () => {
        const [row] = await database.db.execute<{ ticked: boolean; idle: boolean }>(sql`
          select coalesce((select ticked_at from engine.clock) = ${minute}::timestamptz, false) as ticked,
            not exists (select from engine.runs where state in ('queued', 'active', 'sleeping'))
            and not exists (select from outbox where relayed_at is null) as idle`);
        expect(row).toEqual({ ticked: true, idle: true });
      },
      { timeout: 60_000, interval: 40 },
    );
  }

  /** The machine is switched off: time goes on without it until the next `at`. */
  async function off(): Promise<void> {
    await jobs?.stop();
    jobs = undefined;
  }

  /** A night reaches Polar, and the webhook whoever listens. */
  async function bring({ athlete, date, at, rmssdMs }: Night): Promise<void> {
    setClock(at);
    await control(sim)(`/users/${athlete.who}/night`, { date, rmssdMs });
    await control(sim)("/webhooks/settle", {});
  }

  async function close(): Promise<void> {
    await off();
    await closeJobDatabase();
    const held = globalThis as typeof globalThis & {
      restdayDatabase?: { $client: { end(): Promise<void> } };
    };
    await held.restdayDatabase?.$client.end();
    held.restdayDatabase = undefined;
    door.server.closeAllConnections();
    door.server.close();
    await mailbox.close();
    await database.close();
    await sim.close();
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  }

  return { db: database.db, squads, late, mailbox, at, off, bring, close };
}

type Jobs = { stop(): Promise<void> };

async function startJobs(database: Database): Promise<Jobs> {
  const engine = createEmbeddedEngine({
    client: inngest,
    transport,
    functions,
    url: database.url,
    log: silent,
    clock: currentTime,
    lookEveryMs: 20,
    backoff: () => 10,
    beforeJobs: () => recoverSyncs({ ctx: jobContext("recover-syncs") }),
  });
  await engine.start();
  const relay = startRelayLoop(
    async () => {
      await relayOutbox({ db: database.db, send: (events) => engine.send(events).then(() => {}) });
      return "drained";
    },
    (error) => {
      throw error;
    },
    { pauseMs: 50 },
  );
  return { stop: () => relay.stop().then(() => engine.stop()) };
}

const firstDay = ({ from }: Span) => from.toISOString().slice(0, 10) as CivilDate;

/** A squad with a coach, and for each day of news somebody who is flagged then, whose nights are there beforehand. */
async function seedSquadOf({ db }: Database, place: Place, run: Span): Promise<Squad> {
  const { timeZone, name } = place;
  const squad = await seedSquad(db, { timeZone, name, mailTime: MAIL_TIME, nightsSharePercent: 50 });
  const [coach] = await db
    .insert(users)
    .values({ email: `coach@${name}.example` })
    .returning();
  await db.insert(memberships).values({ teamId: squad.teamId, userId: coach!.id, role: "coach" });
  const first = firstDay(run);
  // It is no demonstration's first day, on which a mail may come at any hour.
  const before = { date: addDays(first, -1), state: "decided", settledAt: run.from } as const;
  await db.insert(squadMornings).values({ ...squad, ...before });
  const flaggedOn = new Map<CivilDate, string>();
  for (let day = 0; addDays(first, day) <= firstDay({ ...run, from: run.until }); day += 1) {
    const date = addDays(first, day);
    // On every fourth day there is nothing new to tell.
    if (day % 4 === 3) continue;
    const athlete = await seedAthlete(db, squad, { name: `${name} ${date}` });
    await seedDays(db, athlete, { from: addDays(date, -79), days: flaggedDays() });
    flaggedOn.set(date, athlete.athleteId);
  }
  return { ...place, ...squad, flaggedOn };
}

/** An athlete who shares the nights; the loads, and the nights before the run, are there. */
async function seedAtPolar(
  installation: Omit<Installation, "job">,
  sim: Sim,
  { athlete, run }: { athlete: Athlete; run: Span },
): Promise<string> {
  const job = () => contextOf(installation.db, { now: currentTime() });
  const athleteId = await connectedAthlete({ ...installation, job }, sim, {
    login: athlete.who,
    streams: ["nightly-recharge"],
  });
  const owner = { teamId: installation.squad.teamId, athleteId };
  const first = firstDay(run);
  const from = addDays(athlete.low?.date ?? first, -79);
  const loads = (athlete.low ? flaggedDays() : steadyDays(80)).map(({ load }) => ({ load }));
  await seedDays(installation.db, owner, { from, days: loads });
  const nights = Array.from({ length: 79 }, (_, day) => addDays(from, day)).filter((date) => date < first);
  await seedDays(installation.db, owner, {
    from,
    days: nights.map((date) => ({ rmssdMs: rmssdOf(athlete, date) })),
  });
  return athleteId;
}
