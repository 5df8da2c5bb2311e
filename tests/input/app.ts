import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { filesIn } from "../../scripts/house/files";

// What the build says that the app answers, and what its sources say that it reads: nothing is listed by hand.

export type Route = { path: string; kind: "page" | "handler"; source: string };
export type Action = { id: string; name: string; page: string };

const readJson = (...path: string[]) => JSON.parse(readFileSync(join(".next", ...path), "utf8"));

/** Every address that the build answers: pages, route handlers, icons. `/squads/[squadId]`, without groups of folders. */
export function builtRoutes(): Route[] {
  const entries: Record<string, string> = readJson("app-path-routes-manifest.json");
  return Object.entries(entries)
    .filter(([, path]) => !path.startsWith("/_"))
    .map(([entry, path]): Route => {
      const file = ["tsx", "ts"].map((end) => join("app", `${entry}.${end}`)).find(existsSync);
      const source = file ? readFileSync(file, "utf8") : "";
      return { path, kind: entry.endsWith("/page") ? "page" : "handler", source };
    })
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

type Manifest = Record<string, { exportedName: string; filename: string; workers: Record<string, unknown> }>;

/** Every server action of the build: its id, its name, and a page that calls it. */
export function builtActions(): Action[] {
  const actions: Manifest = readJson("server", "server-reference-manifest.json").node;
  return Object.entries(actions).map(([id, { exportedName, filename, workers }]) => {
    const parts = (Object.keys(workers)[0] ?? "").split("/").slice(1, -1);
    const page = `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
    return { id, name: `${exportedName} of ${filename}`, page };
  });
}

const sources = () =>
  filesIn(["app", "components"], /(?<!\.test)\.tsx?$/).map((file) => readFileSync(file, "utf8"));

const SCHEMA = /\.object\(\{([\s\S]*?)\}\)/g;

/** The names of schemas' fields: whatever reads an address or a form by a schema lists them there. */
const ofSchemas = (text: string) =>
  [...text.matchAll(SCHEMA)].flatMap(([, fields = ""]) =>
    [...fields.matchAll(/(?:^|[{,])\s*(\w+)(?=:|,|$)/gm)].map(([, name = ""]) => name),
  );

function named(patterns: readonly RegExp[]): string[] {
  const found = sources().flatMap((text) => [
    ...ofSchemas(text),
    ...patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap(([, names = ""]) => names.split(/\W+/)),
    ),
  ]);
  return [...new Set(found)].filter((name) => name !== "").toSorted();
}

/** Every name that an address may carry a value by: keys of schemas, and what links and readers name. */
export const queryNames = () =>
  named([
    /[?&](\w+)=/g,
    /(?:searchParams|params|query)\)?\.get\("(\w+)"\)/g,
    /searchParams\)\.(\w+)/g,
    /\{ ([\w, ="]+?) \} = [\w.(]*await searchParams/g,
  ]);

/** Every name that a form may carry a value by: keys of schemas, what inputs are called, and what readers ask for. */
export const fieldNames = () =>
  named([
    /\bname="(\w+)"/g,
    /\bfields=\{\{ ([\w:,."() ]+?) \}\}/g,
    /(?:\bform|\))\.(?:get|getAll|has)\("(\w+)"\)/g,
    /\b(?:fieldText|text)\((?:form, )?"(\w+)"\)/g,
  ]);

/** Whether the file behind an address reads what the address says after its path. */
export const readsQuery = ({ source }: Route) => /searchParams|request\.url|nextUrl/.test(source);

/** The routes with the placeholders filled in. */
export function fill(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replace(/\[{1,2}(?:\.\.\.)?(\w+)\]{1,2}/g, (_, name) => ids[name] ?? "x");
}

export const placeholdersOf = (path: string): string[] =>
  [...path.matchAll(/\[(?:\.\.\.)?(\w+)\]/g)].map(([, name = ""]) => name);
