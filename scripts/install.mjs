import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

function hashOf(content) {
  return createHash("sha256").update(content).digest("hex");
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** True when npm's own record of what is installed agrees with the lock file, whoever installed it. */
function agreesWithLock(root) {
  const wanted = JSON.parse(read(join(root, "package-lock.json"))).packages;
  const record = read(join(root, "node_modules", ".package-lock.json"));
  if (record === "") return false;
  const found = JSON.parse(record).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "" || found[path]?.version === entry.version) return true;
    return found[path] === undefined && (entry.optional === true || entry.devOptional === true);
  });
}

function isInstalled(root, stamp, hash) {
  if (read(stamp).trim() === hash) return true;
  if (!agreesWithLock(root)) return false;
  writeFileSync(stamp, `${hash}\n`);
  return true;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Two starts of one checkout must not install at the same time: npm ci begins by emptying node_modules. */
async function withInstallLock(root, work) {
  const folder = join(tmpdir(), `restday-install-${hashOf(root).slice(0, 16)}`);
  const owner = join(folder, "pid");
  for (;;) {
    try {
      mkdirSync(folder);
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    await wait(500);
    const pid = Number(read(owner));
    if (!pid || !isAlive(pid)) rmSync(folder, { recursive: true, force: true });
  }
  try {
    writeFileSync(owner, String(process.pid));
    return work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runNpmCi(root) {
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  // npm's own script runs through this very Node, so that no shell is needed on any platform.
  const [command, prefix] = npm?.endsWith(".js")
    ? [process.execPath, [npm]]
    : [process.platform === "win32" ? "npm.cmd" : "npm", []];
  return spawnSync(command, [...prefix, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "pipe"],
    encoding: "utf8",
    maxBuffer: 64_000_000,
    shell: process.platform === "win32",
    // A production setting would leave out the tools that build and test the app.
    env: { ...process.env, NODE_ENV: "development" },
  });
}

/** npm's reason out of its many lines: the code and the first thing it says about it. */
function reasonOf({ status, signal, error, stderr }) {
  if (error) return error.message;
  const lines = stderr.split("\n").map((line) => line.replace(/^npm (error|ERR!) ?/, "").trim());
  const code = lines.find((line) => line.startsWith("code "))?.slice(5);
  const said = lines.find((line) => line !== "" && !/^(code|errno|syscall|path|dest) /.test(line));
  const how = `npm ci ended with ${signal ?? `code ${status}`}`;
  return `${how}${code ? `, ${code}` : ""}${said ? `: ${said.replace(/\.$/, "")}` : ""}`;
}

/**
 * Installs the locked dependencies when node_modules is missing or was made from another lock file.
 * @returns a reason when that failed, else undefined
 */
export async function installDependencies(root) {
  const stamp = join(root, "node_modules", ".restday-lock");
  const hash = hashOf(readFileSync(join(root, "package-lock.json")));
  if (isInstalled(root, stamp, hash)) return undefined;
  return withInstallLock(root, () => {
    if (isInstalled(root, stamp, hash)) return undefined;
    console.log("Installing the dependencies (npm ci), a minute or two the first time …");
    const result = runNpmCi(root);
    if (result.status !== 0) return reasonOf(result);
    writeFileSync(stamp, `${hash}\n`);
    return undefined;
  });
}
