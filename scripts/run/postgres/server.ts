import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { connectSql } from "@/db/connection";
import { anyFreePort } from "../ports";
import { StartProblem } from "../problem";
import { databaseAccount } from "./account";
import { findBinaries } from "./binaries";
import { type Cluster, dataArgument, ensureCluster, serverEnvironment } from "./cluster";
import { clearOrphans } from "./orphans";

export type DatabaseServer = {
  /** Connection URL of the superuser, for the given database. */
  urlOf(database: string): string;
  pid: number;
  /** Resolves when the server process has ended, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
};

export type ServerOptions = {
  folder: string;
  logFile: string;
  password: string;
  settings?: Record<string, string>;
};

function launch(cluster: Cluster, port: number, options: ServerOptions): ChildProcess {
  const log = openSync(options.logFile, "a");
  const settings = { listen_addresses: "127.0.0.1", max_connections: "100", ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const args = ["-D", dataArgument(cluster), "-p", String(port), "-k", "", ...flags];
  // Its own session: Ctrl-C in the terminal must not stop the database before the app.
  const child = spawn(cluster.binaries.postgres, args, {
    cwd: cluster.folder,
    env: serverEnvironment(),
    stdio: ["ignore", log, log],
    detached: true,
    ...cluster.account,
  });
  closeSync(log);
  return child;
}

async function answers(url: string): Promise<boolean> {
  const sql = connectSql(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function lastLine(file: string): string {
  return readFileSync(file, "utf8").trim().split("\n").at(-1) ?? "";
}

async function waitUntilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  let failed = "";
  child.once("error", (error) => (failed = error.message));
  const deadline = Date.now() + 60_000;
  while (!(await answers(url))) {
    if (child.exitCode !== null || child.signalCode) failed ||= lastLine(logFile);
    if (Date.now() > deadline) failed ||= "it did not answer within a minute";
    if (failed) throw new StartProblem(`The embedded PostgreSQL did not start: ${failed} (log: ${logFile})`);
    await wait(50);
  }
}

async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  // SIGINT is PostgreSQL's fast shutdown: sessions end, everything is written.
  child.kill("SIGINT");
  const late = setTimeout(() => child.kill("SIGQUIT"), 15_000);
  await ended;
  clearTimeout(late);
}

/** Starts the bundled PostgreSQL on loopback in the given folder, making the cluster on the first run. */
export async function startPostgres(options: ServerOptions): Promise<DatabaseServer> {
  const account = databaseAccount();
  mkdirSync(dirname(options.folder), { recursive: true });
  const folder = join(realpathSync(dirname(options.folder)), options.folder.split(/[\\/]/).at(-1) ?? "");
  const cluster: Cluster = { folder, binaries: findBinaries(account), account };
  await ensureCluster(cluster, options.password);
  await clearOrphans(folder);
  const port = await anyFreePort("127.0.0.1");
  const child = launch(cluster, port, options);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const urlOf = (database: string) =>
    `postgres://postgres:${encodeURIComponent(options.password)}@127.0.0.1:${port}/${database}`;
  await waitUntilReady(child, urlOf("postgres"), options.logFile);
  return { urlOf, pid: child.pid ?? 0, ended, stop: () => stopServer(child, ended) };
}
