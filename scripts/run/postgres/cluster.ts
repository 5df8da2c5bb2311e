import { spawn } from "node:child_process";
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { StartProblem } from "../problem";
import type { Account } from "./account";
import type { Binaries } from "./binaries";

export type Cluster = { folder: string; binaries: Binaries; account: Account | undefined };

/** The database account may be unable to walk to the folder by its path; its own working directory it always reaches. */
export function dataArgument(cluster: Cluster): string {
  return cluster.account && process.platform === "linux" ? "/proc/self/cwd" : cluster.folder;
}

/** A small environment: the PG* variables of a shell would change what the server does. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TMP, TEMP } = process.env;
  return { PATH, SystemRoot, TMP, TEMP, NODE_ENV: "production", LC_ALL: "C", TZ: "UTC" };
}

function ownFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account) chownSync(folder, account.uid, account.gid);
}

function runInitdb(cluster: Cluster, passwordFile: string): Promise<{ code: number | null; output: string }> {
  const args = [
    "-D",
    dataArgument(cluster),
    "-U",
    "postgres",
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
  ];
  // The built-in provider sorts and folds alike on every machine, whatever its C library.
  const text = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const child = spawn(cluster.binaries.initdb, [...args, ...text], {
    cwd: cluster.folder,
    env: serverEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    ...cluster.account,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: -1, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

async function initialise(cluster: Cluster, password: string): Promise<void> {
  const passwordFolder = mkdtempSync(join(tmpdir(), "restday-init-"));
  const passwordFile = join(passwordFolder, "password");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (cluster.account) {
    for (const path of [passwordFolder, passwordFile])
      chownSync(path, cluster.account.uid, cluster.account.gid);
  }
  const { code, output } = await runInitdb(cluster, passwordFile);
  rmSync(passwordFolder, { recursive: true, force: true });
  if (code === 0) return;
  const reason = output.trim().split("\n").at(-1) ?? "";
  throw new StartProblem(
    `The embedded PostgreSQL could not be prepared (initdb ended with ${code}): ${reason}`,
  );
}

function removeUnfinished(folder: string): void {
  const prefix = `${basename(folder)}.initdb-`;
  for (const name of readdirSync(dirname(folder))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function requireSameMajor(cluster: Cluster): void {
  const found = readFileSync(join(cluster.folder, "PG_VERSION"), "utf8").trim();
  const bundled = cluster.binaries.version.split(".")[0];
  if (found === bundled) return;
  throw new StartProblem(
    `${cluster.folder} was written by PostgreSQL ${found} and this version bundles ${bundled}; dump it with the old one first.`,
  );
}

/** Makes the cluster unless it exists. Built beside its place and renamed, so that an interrupted start leaves no half of one. */
export async function ensureCluster(cluster: Cluster, password: string): Promise<void> {
  if (existsSync(join(cluster.folder, "PG_VERSION"))) return requireSameMajor(cluster);
  removeUnfinished(cluster.folder);
  const unfinished = { ...cluster, folder: `${cluster.folder}.initdb-${process.pid}` };
  ownFolder(unfinished.folder, cluster.account);
  await initialise(unfinished, password);
  rmSync(cluster.folder, { recursive: true, force: true });
  renameSync(unfinished.folder, cluster.folder);
}
