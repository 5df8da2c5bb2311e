/** `npm run bench -- web`: the pages of squads of several sizes, and of an athlete with a year of data, in a production build. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import pino from "pino";
import postgres from "postgres";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { providers } from "@/lib/providers/registry";
import { scoreSquad } from "@/lib/services/readiness/score";
import { buildIsCurrent } from "@/scripts/run/build";
import { webArgs } from "@/scripts/run/parts";
import { type BrowserMeasure, measureInBrowser } from "./in-browser";
import { processorMsOf } from "./processor";
import { seedSquadOf, seedTeam } from "./squad-of";

export type WebMeasure = BrowserMeasure & {
  page: string;
  athletes: number;
  /** Median and slowest of ten requests to the last byte, after two to warm up. */
  serverMs: number;
  slowestMs: number;
  /** Processor time of the web process for one request: tells the page from a busy machine. Null where it is not told. */
  processorMs: number | null;
  htmlKb: number;
  htmlGzipKb: number;
};

const REQUESTS = 10;
const LAST_DAY = new Date().toISOString().slice(0, 10);

/** Measures each size against a web process of its own port and a scratch database. */
export async function measureWeb(input: {
  clusterUrl: string;
  sizes: readonly number[];
}): Promise<WebMeasure[]> {
  if (!buildIsCurrent()) throw new Error("Build the app first: npm start does, or npx next build");
  await migrateDatabase({ ownerUrl: input.clusterUrl });
  const cookie = await signedInCoach(input.clusterUrl);
  const pages = await seededPages(input.clusterUrl, { ...input, teamId: cookie.teamId });
  const web = await startWeb(input.clusterUrl);
  try {
    const measures: WebMeasure[] = [];
    for (const page of pages) measures.push(await measurePage(web, { ...page, token: cookie.token }));
    return measures;
  } finally {
    await web.stop();
  }
}

type Page = { page: string; athletes: number; path: string };

/** The squad view of every size, the other views of the largest, and an athlete with a year of data. */
async function seededPages(
  url: string,
  { sizes, teamId }: { sizes: readonly number[]; teamId: string },
): Promise<Page[]> {
  const pages: Page[] = [];
  for (const athletes of sizes) {
    const { squadId } = await scoredSquad(url, { athletes, teamId });
    pages.push({ page: "squad", athletes, path: `/squads/${squadId}` });
  }
  const largest = pages.at(-1);
  if (largest)
    for (const page of ["heatmap", "analysis"])
      pages.push({ ...largest, page, path: `${largest.path}/${page}` });
  const { athleteId } = await scoredSquad(url, { athletes: 1, days: 365, teamId });
  return [...pages, { page: "athlete, a year", athletes: 1, path: `/athletes/${athleteId}?days=365` }];
}

async function signedInCoach(url: string) {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const token = randomBytes(32).toString("hex");
  const { teamId } = await seedTeam(owner);
  const [user] =
    await owner`insert into users (email, name) values ('bench@example.org', 'Bench') returning id`;
  await owner`insert into memberships (team_id, user_id, role) values (${teamId}, ${user?.id}, 'owner')`;
  await owner`
    insert into sessions (session_token, user_id, expires)
    values (${token}, ${user?.id}, now() + interval '1 day')`;
  await owner.end();
  return { token, teamId };
}

/** The squad as the product would have it: every athlete scored with evidence. */
export async function scoredSquad(
  url: string,
  input: { athletes: number; days?: number; teamId: string },
): Promise<{ squadId: string; athleteId: string }> {
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const database = openDatabase({ url, maxConnections: 2, name: "bench" });
  const { squadId } = await seedSquadOf(owner, { ...input, lastDay: LAST_DAY });
  const ctx = {
    db: database.db,
    actor: { kind: "job", job: "bench" },
    teamId: null,
    now: new Date(),
    log: pino({ level: "silent" }),
    providers,
  } as const;
  await scoreSquad({ ctx, input: { squadId } });
  await owner`vacuum analyze`;
  const [athlete] = await owner`select id from athletes where squad_id = ${squadId} limit 1`;
  await database.close();
  await owner.end();
  return { squadId, athleteId: athlete?.id };
}

async function startWeb(databaseUrl: string) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    PORT: String(port),
    APP_URL: origin,
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: randomBytes(32).toString("hex"),
    ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    SMTP_URL: "smtp://127.0.0.1:1",
    POLAR_CLIENT_ID: "",
    POLAR_API_URL: "http://127.0.0.1:2",
  };
  const web = spawn(process.execPath, webArgs, {
    env: environment,
    stdio: ["ignore", "ignore", "inherit"],
  });
  for (let tries = 0; tries < 120; tries++) {
    const response = await fetch(`${origin}/api/health/live`).catch(() => undefined);
    if (response?.ok) break;
    await wait(250);
  }
  const stop = async () => {
    const ended = new Promise((done) => web.once("exit", done));
    web.kill("SIGTERM");
    await ended;
  };
  return { origin, pid: web.pid ?? 0, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address ? address.port : 0;
}

type Web = { origin: string; pid: number };

async function measurePage(web: Web, page: Page & { token: string }): Promise<WebMeasure> {
  const url = web.origin + page.path;
  const headers = { cookie: `restday-coach.session=${page.token}`, "accept-encoding": "identity" };
  const times: number[] = [];
  let html = "";
  let processor: number | null = null;
  for (let i = 0; i < REQUESTS + 2; i++) {
    if (i === 2) processor = processorMsOf(web.pid);
    const start = performance.now();
    const response = await fetch(url, { headers, redirect: "manual" });
    html = await response.text();
    if (response.status !== 200) throw new Error(`${url} answered ${response.status}`);
    if (i >= 2) times.push(performance.now() - start);
  }
  const used = processorMsOf(web.pid);
  times.sort((a, b) => a - b);
  return {
    page: page.page,
    athletes: page.athletes,
    serverMs: Math.round(times[times.length >> 1] ?? 0),
    slowestMs: Math.round(times.at(-1) ?? 0),
    processorMs: processor === null || used === null ? null : Math.round((used - processor) / REQUESTS),
    htmlKb: kilobytes(html.length),
    htmlGzipKb: kilobytes(gzipSync(html).length),
    ...(await measureInBrowser(url, { token: page.token, filters: page.page === "squad" })),
  };
}

function kilobytes(bytes: number): number {
  return Math.round(bytes / 100) / 10;
}
