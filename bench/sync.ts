/** `npm run bench -- sync`: the first ninety days of a club, beside a bare request loop over the same resources. */
import { randomBytes, randomUUID } from "node:crypto";
import pino from "pino";
import postgres from "postgres";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { STREAMS } from "@/lib/providers/polar/streams";
import { connect } from "@/lib/services/connections/connect";
import { syncAthlete } from "@/lib/services/sync/sync-athlete";
import { civilDateIn } from "@/lib/time/zone";
import { atOnce } from "./sync/at-once";
import { fetchBarely } from "./sync/bare-loop";
import { CLIENT, type SimulatorProcess, startSimulatorProcess } from "./sync/simulator-process";

export type SyncMeasure = {
  what: string;
  delayMs: number;
  seconds: number;
  athletesPerSecond: number;
  requestsPerAthlete: number;
  cpuSeconds: number;
  /** Rate of the sync as a share of the bare loop's before it. */
  ofBareLoop: string;
  /** Resident memory at the start, each quarter and the end. */
  rssMb: string;
};

/** As many athletes at once as the job `sync-athlete`. */
const ATHLETES_AT_ONCE = 4;
const TIME_ZONE = "Europe/Helsinki";
const CONSENTED = STREAMS.filter((stream) => stream.partOf === null && stream.choice === "default").map(
  (stream) => stream.id,
);

type Bench = {
  simulator: SimulatorProcess;
  owner: postgres.Sql;
  database: ReturnType<typeof openDatabase>;
};

/** Both with each delay, in turns, after everything was fetched once to warm up. */
export async function measureSync(input: {
  clusterUrl: string;
  athletes: number;
  delaysMs: readonly number[];
}): Promise<SyncMeasure[]> {
  await migrateDatabase({ ownerUrl: input.clusterUrl });
  const simulator = await startSimulatorProcess(input.athletes);
  adoptEnvironment(input.clusterUrl, simulator.url);
  const owner = postgres(input.clusterUrl, { max: 1, onnotice: () => {} });
  const database = openDatabase({ url: input.clusterUrl, maxConnections: 10, name: "bench" });
  const bench: Bench = { simulator, owner, database };
  try {
    await barely(bench);
    await synced(bench);
    const measures: SyncMeasure[] = [];
    for (const delayMs of input.delaysMs) {
      await simulator.setDelay(delayMs);
      measures.push(...(await compared(bench, delayMs)));
      await simulator.setDelay(0);
    }
    return measures;
  } finally {
    await database.close();
    await owner.end();
    await simulator.stop();
  }
}

function adoptEnvironment(databaseUrl: string, polarUrl: string): void {
  Object.assign(process.env, {
    APP_URL: "http://localhost:3000",
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    SMTP_URL: "smtp://127.0.0.1:1",
    POLAR_API_URL: polarUrl,
    POLAR_CLIENT_ID: CLIENT.id,
    POLAR_CLIENT_SECRET: CLIENT.secret,
  });
}

async function compared(bench: Bench, delayMs: number): Promise<SyncMeasure[]> {
  const bare = { what: "bare loop", delayMs, ...(await barely(bench)), ofBareLoop: "" };
  const sync = { what: "sync", delayMs, ...(await synced(bench)) };
  const ofBareLoop = `${Math.round((100 * bare.seconds) / sync.seconds)} %`;
  return [bare, { ...sync, ofBareLoop }];
}

async function barely(bench: Bench) {
  const { simulator } = bench;
  const today = civilDateIn(new Date(), TIME_ZONE);
  const fetches = new Map<string, () => Promise<void>>();
  for (const login of simulator.logins) {
    const token = await simulator.freshToken(login);
    await fetch(`${simulator.url}/v3/users`, {
      method: "POST",
      headers: { authorization: `Bearer ${token.access_token}`, "content-type": "application/json" },
      body: JSON.stringify({ "member-id": randomUUID() }),
    });
    const input = { url: simulator.url, token, streams: CONSENTED, today };
    fetches.set(login, () => fetchBarely(input));
  }
  return timed(simulator, fetches);
}

async function synced(bench: Bench) {
  const { simulator, owner, database } = bench;
  await owner`truncate teams, rate_budgets, outbox cascade`;
  const [team] = await owner`insert into teams (name) values ('Bench') returning id`;
  const [squad] = await owner`
    insert into squads (team_id, name, time_zone) values (${team?.id}, 'Club', ${TIME_ZONE}) returning id`;
  const log = pino({ level: "silent" });
  const job = () =>
    ({
      db: database.db,
      actor: { kind: "job", job: "bench" },
      teamId: null,
      now: new Date(),
      log,
    }) as const;
  const syncs = new Map<string, () => Promise<void>>();
  for (const login of simulator.logins) {
    const athleteId = randomUUID();
    await owner`
      insert into athletes (id, team_id, squad_id, name)
      values (${athleteId}, ${team?.id}, ${squad?.id}, ${login})`;
    await owner`
      insert into consents (team_id, athlete_id, text_version, text, locale, streams, history, accepted_at)
      values (${team?.id}, ${athleteId}, '1', '…', 'en', ${CONSENTED}, 'with-history', now())`;
    const token = await simulator.freshToken(login);
    const account = { polarUserId: token.x_user_id, accessToken: token.access_token };
    await connect({ ctx: job(), input: { athleteId, ...account, expiresInS: token.expires_in } });
    syncs.set(login, async () => {
      const result = await syncAthlete({ ctx: job(), input: { athleteId, reason: "connected" } });
      if (result.outcome !== "synced" || result.failed.length > 0)
        throw new Error(`${login}: ${result.outcome}, failed: ${result.failed.join(", ")}`);
    });
  }
  return timed(simulator, syncs);
}

/** Runs the work of every athlete and measures this process. */
async function timed(simulator: SimulatorProcess, works: ReadonlyMap<string, () => Promise<void>>) {
  const logins = [...works.keys()];
  const quarter = Math.max(1, Math.floor(logins.length / 4));
  const rss = [residentMb()];
  let done = 0;
  await simulator.forgetRequests();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await atOnce(logins, ATHLETES_AT_ONCE, async (login) => {
    await works.get(login)?.();
    done += 1;
    if (done % quarter === 0) rss.push(residentMb());
  });
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const { total } = await simulator.requests();
  return {
    seconds: rounded(seconds),
    athletesPerSecond: rounded(logins.length / seconds),
    requestsPerAthlete: rounded(total / logins.length),
    cpuSeconds: rounded((user + system) / 1e6),
    rssMb: rss.join(", "),
  };
}

const residentMb = () => Math.round(process.memoryUsage.rss() / 1e6);
const rounded = (value: number) => Math.round(value * 100) / 100;
