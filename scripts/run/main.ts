import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { whyMailIsRefused } from "@/lib/email/send";
import { readSmtpUrl } from "@/lib/email/smtp-url";
import { addressLines } from "./addresses";
import { ensureBuilt } from "./build";
import { type Children, logFileOf, superviseChildren } from "./children";
import { withDotenv } from "./dotenv";
import { launchers } from "./launcher";
import { acquireRunLock, type RunLock } from "./lock";
import { afterwards, mailbox, simulator, web, worker } from "./parts";
import { makePlan, type Plan, prepareDataDir, type WebMode } from "./plan";
import { ensureDatabase, requireReachable } from "./postgres/database";
import { type DatabaseServer, startPostgres } from "./postgres/server";
import { StartProblem } from "./problem";
import { recordOf } from "./processes";
import { saveRuntime } from "./runtime";
import { aborted, stopSignal } from "./signals";

type DatabaseSettings = { DATABASE_URL: string; MIGRATION_DATABASE_URL: string };
type Started = { database?: DatabaseServer; children?: Children };

const say = (line: string) => console.log(line);

/** Gives the app its database: the one at DATABASE_URL, or the embedded one, started here. */
async function provideDatabase(plan: Plan, lock: RunLock, started: Started): Promise<DatabaseSettings> {
  const { DATABASE_URL: given, MIGRATION_DATABASE_URL: owner } = plan.settings;
  if (given) {
    await requireReachable("DATABASE_URL", given);
    if (owner) await requireReachable("MIGRATION_DATABASE_URL", owner);
    return { DATABASE_URL: given, MIGRATION_DATABASE_URL: owner || given };
  }
  say("Starting the embedded PostgreSQL …");
  const server = await startPostgres({
    folder: join(plan.dataDir, "postgres"),
    logFile: join(plan.dataDir, "postgres.log"),
    password: plan.secrets.databasePassword,
  });
  started.database = server;
  lock.recordChild("postgres", recordOf(server.pid));
  // Going live starts empty: the invented athletes stay in a database of their own.
  const name = plan.demonstration ? "restday_demonstration" : "restday";
  await ensureDatabase(server.urlOf("postgres"), name);
  return { DATABASE_URL: server.urlOf(name), MIGRATION_DATABASE_URL: server.urlOf(name) };
}

async function migrate(ownerUrl: string): Promise<void> {
  say("Bringing the database schema up to date …");
  const { migrateDatabase } = await import("@/db/migrate");
  try {
    await migrateDatabase({ ownerUrl });
  } catch (error) {
    throw new StartProblem(
      `The database schema could not be brought up to date: ${(error as Error).message}`,
    );
  }
}

function environmentOf(plan: Plan, database: DatabaseSettings): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...plan.settings,
    ...database,
    NODE_ENV: plan.web === "development" ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

/** The status with which the app answers a question about its health; 0 when it does not. */
async function healthOf(plan: Plan, part: "live" | "jobs"): Promise<number> {
  const host = { "0.0.0.0": "127.0.0.1", "::": "[::1]" }[plan.host] ?? plan.host;
  const url = `http://${host}:${plan.port}/api/health/${part}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" }).catch(
    () => undefined,
  );
  await response?.body?.cancel();
  return response?.status ?? 0;
}

async function webAnswers(plan: Plan): Promise<boolean> {
  const status = await healthOf(plan, "live");
  return status > 0 && status < 500;
}

/** Says once that jobs run, or that none has within a minute and a half: an app that only shows pages looks well. */
async function sayWhetherJobsRun(plan: Plan, stop: AbortSignal): Promise<void> {
  const engine = plan.settings.JOBS_ENGINE === "inngest" ? "Inngest server" : "embedded engine";
  const deadline = Date.now() + 90_000;
  while (!stop.aborted) {
    if ((await healthOf(plan, "jobs")) === 200) return say(`Jobs are running (${engine}).`);
    if (Date.now() > deadline) break;
    await wait(1_000, undefined, { signal: stop, ref: false }).catch(() => {});
  }
  if (stop.aborted) return;
  const where =
    engine === "Inngest server"
      ? "has the Inngest server registered this app, and can it reach /api/inngest?"
      : `see ${plan.demonstration ? logFileOf(plan.dataDir, "worker") : "the worker's lines above"}.`;
  say(`No job has run yet (${engine}), so nothing is fetched and nobody is mailed: ${where}`);
}

async function waitForWeb(plan: Plan, stop: AbortSignal): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await webAnswers(plan))) {
    stop.throwIfAborted();
    if (Date.now() > deadline)
      throw new StartProblem("The app did not answer within two minutes; see its log.");
    await wait(100);
  }
}

async function startAll(plan: Plan, lock: RunLock, started: Started, stop: AbortSignal): Promise<Children> {
  const database = await provideDatabase(plan, lock, started);
  stop.throwIfAborted();
  await migrate(database.MIGRATION_DATABASE_URL);
  await requireReachable("DATABASE_URL", database.DATABASE_URL, "restday_app");
  stop.throwIfAborted();
  if (plan.web === "production") await ensureBuilt({ say, stop });
  const environment = environmentOf(plan, database);
  saveRuntime(plan.dataDir, environment);
  const children = superviseChildren({ dataDir: plan.dataDir, environment, lock, say });
  started.children = children;
  if (plan.demonstration) for (const part of [mailbox(plan), simulator(plan)]) children.start(part);
  children.start(web(plan));
  await Promise.race([waitForWeb(plan, stop), children.fatal.then(raise)]);
  await sayWhetherMailGoes(plan);
  // After the app: a webhook that the worker sets up is answered from the first moment.
  children.start(worker(plan));
  return children;
}

/** Mail waits for a server that is away, so this is no reason not to start; nobody should find it out from a missing mail. */
async function sayWhetherMailGoes(plan: Plan): Promise<void> {
  if (plan.demonstration) return;
  const server = readSmtpUrl(plan.settings.SMTP_URL ?? "");
  const reason = "url" in server && (await whyMailIsRefused(server.url));
  if (reason) say(`Mail cannot be sent now, and waits: the server at SMTP_URL says ${reason}.`);
}

function raise(sentence: string): never {
  throw new StartProblem(sentence);
}

/** The app stops before the things it uses: first what takes requests and jobs, then its neighbours, then the database. */
async function stopAll(started: Started, lock: RunLock): Promise<void> {
  await started.children?.stop(["demonstration", "first owner", "web", "worker"], 12_000);
  await started.children?.stop(["mailbox", "simulator"], 5_000);
  await started.database?.stop();
  lock.release();
}

async function untilTheEnd(
  plan: Plan,
  children: Children,
  started: Started,
  stop: AbortSignal,
): Promise<void> {
  for (const line of addressLines(plan)) say(line);
  void sayWhetherJobsRun(plan, stop);
  const last = afterwards(plan);
  if (last) children.start(last);
  const databaseEnded = started.database?.ended.then(() =>
    raise("The database ended by itself, so everything stops."),
  );
  const ends = [aborted(stop), children.fatal.then(raise), ...(databaseEnded ? [databaseEnded] : [])];
  await Promise.race(ends);
}

/**
 * Runs Restday until it is told to stop.
 * @throws StartProblem with one sentence when it cannot start, or when a part dies that it cannot do without.
 */
export async function run(options: { web: WebMode }): Promise<void> {
  const settings = withDotenv(".env", process.env);
  const dataDir = prepareDataDir(settings);
  const startedBy = launchers();
  const stop = stopSignal(startedBy);
  const lock = await acquireRunLock(dataDir, startedBy);
  const started: Started = {};
  try {
    const plan = await makePlan(settings, options.web, dataDir);
    const children = await startAll(plan, lock, started, stop);
    await untilTheEnd(plan, children, started, stop);
  } catch (error) {
    // What fails because it was told to stop has not failed.
    if (!stop.aborted) throw error;
  } finally {
    if (stop.aborted) say("\nStopping …");
    await stopAll(started, lock);
  }
  process.exit(0);
}
