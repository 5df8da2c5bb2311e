/** Measures the tree with TypeScript's own parser. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { filesIn } from "./files";

type SourceFile = {
  path: string;
  lines: number;
  imports: string[];
  importStatements: number;
  names: string[];
  functionLines: number[];
  anyTypes: number;
  exportedFunctions: string[];
};

type Room = {
  room: string;
  files: number;
  lines: number;
  linesMedian: number;
  linesP90: number;
  shareUpTo40: number;
  importsPer1000: number;
  functions: number;
  functionMedian: number;
  functionP90: number;
  any: number;
};

const ROOMS = [
  "app",
  "components",
  "lib/services",
  "lib",
  "db/queries",
  "db",
  "inngest",
  "simulator",
  "scripts",
  "bench",
  "tests",
] as const;

const isTest = (file: string) => /\.(test|spec)\.tsx?$|^tests\//.test(file);

const PLACES = [...new Set(ROOMS.map((room) => room.split("/")[0]!)), "i18n"];

const roomOf = (file: string) =>
  isTest(file) ? "tests" : (ROOMS.find((room) => file.startsWith(`${room}/`)) ?? "root");

/** The file behind a specifier of ours; undefined for packages. */
function resolved(specifier: string, from: string): string | undefined {
  const base = specifier.startsWith("@/")
    ? specifier.slice(2)
    : specifier.startsWith(".")
      ? path.posix.join(path.posix.dirname(from), specifier)
      : undefined;
  return base && [`${base}.ts`, `${base}.tsx`, base].find((file) => /\.tsx?$/.test(file) && existsSync(file));
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return (
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isMethodDeclaration(node)
  );
}

/** Functions of one expression are counted from two lines on: `(x) => x + 1` says nothing about length. */
function lengthOf(node: ts.FunctionLikeDeclaration, source: ts.SourceFile): number[] {
  if (!node.body) return [];
  const [from, to] = [node.getStart(source), node.getEnd()].map(
    (at) => source.getLineAndCharacterOfPosition(at).line,
  );
  const lines = to! - from! + 1;
  return ts.isBlock(node.body) || lines > 1 ? [lines] : [];
}

const isExported = (node: ts.Statement) =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function read(file: string): SourceFile {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: SourceFile = {
    path: file,
    lines: text.trimEnd().split("\n").length,
    imports: [],
    importStatements: 0,
    names: [],
    functionLines: [],
    anyTypes: 0,
    exportedFunctions: [],
  };
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) found.functionLines.push(...lengthOf(node, source));
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.anyTypes++;
    ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const target = resolved(statement.moduleSpecifier.text, file);
      found.importStatements++;
      if (target) found.imports.push(target);
      const bindings = statement.importClause?.namedBindings;
      if (target && bindings && ts.isNamedImports(bindings))
        for (const { name, propertyName } of bindings.elements)
          found.names.push(`${target}#${(propertyName ?? name).text}`);
    }
    if (ts.isFunctionDeclaration(statement) && statement.name && isExported(statement))
      found.exportedFunctions.push(statement.name.text);
  }
  visit(source);
  return found;
}

/** Every file of TypeScript, read. */
function sourceFiles(): SourceFile[] {
  return filesIn(PLACES, /\.tsx?$/).map(read);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function shapeOf(room: string, files: readonly SourceFile[]): Room {
  const lines = files.map((file) => file.lines);
  const functions = files.flatMap((file) => file.functionLines);
  return {
    room,
    files: files.length,
    lines: sum(lines),
    linesMedian: quantile(lines, 0.5),
    linesP90: quantile(lines, 0.9),
    shareUpTo40: Math.round((100 * lines.filter((count) => count <= 40).length) / (files.length || 1)),
    importsPer1000: Math.round((1000 * sum(files.map((file) => file.importStatements))) / (sum(lines) || 1)),
    functions: functions.length,
    functionMedian: quantile(functions, 0.5),
    functionP90: quantile(functions, 0.9),
    any: sum(files.map((file) => file.anyTypes)),
  };
}

/** Exported query functions by how many files outside the tests import them. */
function callersOfQueries(files: readonly SourceFile[]): { queries: number; withOneCaller: number } {
  const callers = new Map<string, number>();
  for (const file of files)
    for (const name of new Set(file.names)) callers.set(name, (callers.get(name) ?? 0) + 1);
  const queries = files
    .filter((file) => file.path.startsWith("db/queries/"))
    .flatMap((file) => file.exportedFunctions.map((name) => `${file.path}#${name}`));
  return { queries: queries.length, withOneCaller: queries.filter((name) => callers.get(name) === 1).length };
}

const folderOf = (file: string) => /^lib\/services\/([^/]+)\//.exec(file)?.[1];

/** Groups of service folders that reach each other. */
export function circlesOfFolders(files: readonly SourceFile[]): string[][] {
  const edges = new Map<string, Set<string>>();
  for (const file of files) {
    const from = folderOf(file.path);
    for (const target of file.imports) {
      const to = folderOf(target);
      if (from && to && from !== to) edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  const reach = (from: string, seen = new Set<string>()): Set<string> => {
    for (const to of edges.get(from) ?? []) if (!seen.has(to)) reach(to, seen.add(to));
    return seen;
  };
  const reached = new Map([...edges.keys()].map((folder) => [folder, reach(folder)]));
  const circle = (folder: string) =>
    [...(reached.get(folder) ?? [])].filter((other) => reached.get(other)?.has(folder)).sort();
  const all = [...edges.keys()].map(circle).filter(({ length }) => length > 1);
  return [...new Map(all.map((folders) => [folders.join(), folders])).values()];
}

/** The shape of the tree as it is checked out, what is not committed yet included. */
export function measureHouse() {
  const files = sourceFiles();
  const product = files.filter((file) => !isTest(file.path));
  return {
    rooms: ROOMS.map((room) =>
      shapeOf(
        room,
        files.filter((file) => roomOf(file.path) === room),
      ),
    ),
    all: shapeOf("without tests", product),
    ...callersOfQueries(product),
    circlesOfFolders: circlesOfFolders(product),
    handWrittenCssLines: sum(
      filesIn(PLACES, /\.css$/).map((file) => readFileSync(file, "utf8").trimEnd().split("\n").length),
    ),
  };
}
