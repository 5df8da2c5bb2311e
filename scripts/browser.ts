import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export type Browser = { executablePath: string; args: string[] };

const fixedPlaces: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ["/usr/bin/chromium"],
  darwin: ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
  win32: ["C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"],
};
const commands = ["chromium", "google-chrome", "google-chrome-stable", "chromium-browser"];

const isRoot = () => process.getuid?.() === 0;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...(fixedPlaces[process.platform] ?? []), ...onPath].find(isExecutable);
}

/** Debian's own package, where this process may install it. */
function installFromDebian(): string | undefined {
  if (process.platform !== "linux" || !isRoot()) return undefined;
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args: string[]) =>
    spawnSync("apt-get", args, { env: environment, stdio: "ignore" }).status === 0;
  if (!apt("update")) return undefined;
  return apt("install", "-y", "--no-install-recommends", "chromium") ? installed() : undefined;
}

/** A Chromium that comes inside an npm package, for Linux on x64. */
async function fromPackage(): Promise<Browser | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    return { executablePath: await chromium.executablePath(), args: chromium.args };
  } catch {
    return undefined;
  }
}

function argumentsFor(): string[] {
  // Chromium's sandbox refuses to start for root.
  const sandbox = process.platform === "linux" && isRoot() ? ["--no-sandbox"] : [];
  return [...sandbox, "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
}

/**
 * The browser that browser tests and screenshots use: an installed Chromium or Chrome, Debian's package where it may be
 * installed, or one shipped in an npm package.
 * @throws Error with one sentence when there is none.
 */
export async function findBrowser(): Promise<Browser> {
  const executablePath = installed() ?? installFromDebian();
  if (executablePath) return { executablePath, args: argumentsFor() };
  const packaged = await fromPackage();
  if (packaged) return packaged;
  throw new Error("The browser tests need Chromium or Chrome, and none is installed or could be installed.");
}
