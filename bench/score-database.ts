/** End-to-end half of `npm run bench -- score`: from stored facts in Postgres to scored days with their evidence. */
import { randomBytes } from "node:crypto";
import pino from "pino";
import postgres from "postgres";
import { type OpenDatabase, openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { providers } from "@/lib/providers/registry";
import { scoreSquad } from "@/lib/services/readiness/score";
import { addDays } from "@/lib/time/civil-date";
import { processorMsOf } from "./processor";
import { DAYS, seedDaysOf, seedSquadOf, seedTeam } from "./squad-of";

export type EndToEndMeasure = {
  athletes: number;
  what: string;
  daysWritten: number;
  seconds: number;
  /** Processor time of this process and of the database's: on a busy machine the clock tells more of the others. */
  nodeSeconds: number;
  postgresSeconds: number | null;
};

const LAST_DAY = "2026-05-20";
const NEXT_DAY = addDays(LAST_DAY, 1);

/** Scores a squad from nothing, once more when nothing changed, and after one more day for everybody. */
export async function measureEndToEnd(input: {
  clusterUrl: string;
  athletes: number;
}): Promise<EndToEndMeasure[]> {
  const admin = postgres(input.clusterUrl, { max: 1, onnotice: () => {} });
  const name = `bench_${randomBytes(4).toString("hex")}`;
  await admin.unsafe(`create database ${name}`);
  const url = Object.assign(new URL(input.clusterUrl), { pathname: `/${name}` }).toString();
  await migrateDatabase({ ownerUrl: url });
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const database = openDatabase({ url, maxConnections: 2, name: "bench" });
  try {
    return await measure({ owner, database, athletes: input.athletes });
  } finally {
    await database.close();
    await owner.end();
    await admin.unsafe(`drop database ${name} with (force)`);
    await admin.end();
  }
}

async function measure(of: { owner: postgres.Sql; database: OpenDatabase; athletes: number }) {
  const { owner, database, athletes } = of;
  const { teamId } = await seedTeam(owner);
  const { squadId } = await seedSquadOf(owner, { teamId, athletes, lastDay: LAST_DAY });
  const score = async (what: string, date: string): Promise<EndToEndMeasure> => {
    const now = new Date(`${date}T09:00:00Z`);
    // Both connections are there before the clock runs.
    await Promise.all([database.client`select pg_sleep(0.1)`, database.client`select pg_sleep(0.1)`]);
    const backends = await backendsOf(owner);
    const before = { node: process.cpuUsage(), postgres: processorOf(backends), at: performance.now() };
    const { daysWritten } = await scoreSquad({ ctx: jobAt(database, now), input: { squadId } });
    const { user, system } = process.cpuUsage(before.node);
    const after = processorOf(backends);
    return {
      athletes,
      what,
      daysWritten,
      seconds: round((performance.now() - before.at) / 1000),
      nodeSeconds: round((user + system) / 1e6),
      postgresSeconds:
        after === null || before.postgres === null ? null : round((after - before.postgres) / 1000),
    };
  };
  const measures = [
    await score(`${DAYS} days from nothing`, LAST_DAY),
    await score("nothing changed", LAST_DAY),
  ];
  await seedDaysOf(owner, { squadId, lastDay: NEXT_DAY, days: 1 });
  return [...measures, await score("one more day for everybody", NEXT_DAY)];
}

async function backendsOf(owner: postgres.Sql): Promise<number[]> {
  const rows = await owner<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and application_name = 'bench'`;
  return rows.map(({ pid }) => pid);
}

function processorOf(pids: readonly number[]): number | null {
  const times = pids.map(processorMsOf);
  return times.includes(null) ? null : times.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
}

function jobAt({ db }: OpenDatabase, now: Date) {
  const log = pino({ level: "silent" });
  return { db, actor: { kind: "job", job: "bench" }, teamId: null, now, log, providers } as const;
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
