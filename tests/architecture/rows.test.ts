import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { filesIn } from "@/scripts/house/files";

/** Who has none of these has no statement to write. */
const NEAR_SQL = /from "(?:drizzle-orm|postgres|pg|[^"]*\bdb\/)/;

const FOLDERS = ["app", "components", "db", "inngest", "lib", "scripts", "simulator"];

test("no row or value of raw SQL has a type that was only asserted", () => {
  const paths = filesIn(FOLDERS, /\.tsx?$/).filter((path) => !/\.test\.tsx?$/.test(path));
  const sources = paths.map((path) => [path, readFileSync(path, "utf8")] as const);
  const near = sources.filter(([path, source]) => path.startsWith("db/") || NEAR_SQL.test(source));
  expect(near.length).toBeGreaterThan(80);
  expect(near.flatMap(([path, source]) => assertedIn(source, path))).toEqual([]);
}, 60_000);

test("an asserted row would be found, however it is written", () => {
  const source = `async function listDays(db, tx, sql) {
    const rows = await db.execute<Day>(sql\`select 1\`);
    const column = sql<number>\`count(*)\`;
    const columns = sql<
      string | null
    >\`max(name)\`.mapWith(String);
    const some = await tx<Day[]>\`select 1\`;
    const [row] = await tx\`select 1\`;
    const cast = (await db.execute(sql\`select 1\`)) as Day[];
    const parts = (await tx\`select 1\`) as unknown as Day[];
    return rowsOf(db, "listWeeks", day)\`select 1\`;
  }`;
  const kept = `async function listDays(db, tx, sql) {
    const at = sql\`min(at)\`.mapWith(days.at);
    const gone = await db.execute(sql\`delete from days returning date\`);
    const found = await tx\`select 1\`;
    const [day] = await rowsOf(db, "listDays", dayRow)\`select 1\`;
    const days = checkedRows("listDays", dayRow, found) as readonly Day[];
  }`;
  expect(assertedIn(source, "asserts.ts")).toEqual([
    "asserts.ts:2 execute<Day>",
    "asserts.ts:3 sql<number>",
    "asserts.ts:4 sql<string | null>",
    "asserts.ts:7 tx<Day[]>",
    "asserts.ts:8 [row] of a row that nobody checked",
    "asserts.ts:9 as Day[]",
    "asserts.ts:10 as unknown",
    'asserts.ts:11 "listWeeks" is read by listDays',
  ]);
  expect(assertedIn(kept, "kept.ts")).toEqual([]);
});

function assertedIn(source: string, path: string): string[] {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
  const found: string[] = [];
  const visit = (node: ts.Node, reader: string): void => {
    const what = assertionOf(node) ?? misnamed(node, reader);
    if (what) found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${what}`);
    const inside = ts.isFunctionDeclaration(node) && node.name ? node.name.text : reader;
    ts.forEachChild(node, (child) => visit(child, inside));
  };
  visit(file, "");
  return found;
}

function assertionOf(node: ts.Node): string | undefined {
  if (ts.isTaggedTemplateExpression(node) && node.typeArguments)
    return `${node.tag.getText()}<${textOf(node.typeArguments)}>`;
  if (ts.isCallExpression(node) && node.typeArguments && isExecute(node))
    return `execute<${textOf(node.typeArguments)}>`;
  if (ts.isAsExpression(node) && isRaw(node.expression)) return `as ${textOf([node.type])}`;
  if (ts.isVariableDeclaration(node) && ts.isArrayBindingPattern(node.name) && isRaw(node.initializer))
    return `${node.name.getText()} of a row that nobody checked`;
  return undefined;
}

const textOf = (types: readonly ts.TypeNode[]) =>
  types.map((type) => type.getText().replace(/\s+/g, " ").replace(/^\| /, "")).join(", ");

const isExecute = ({ expression }: ts.CallExpression) =>
  ts.isPropertyAccessExpression(expression) && expression.name.text === "execute";

/** What a driver answers, before anybody has looked at it. */
function isRaw(node: ts.Node | undefined): boolean {
  if (!node) return false;
  if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node)) return isRaw(node.expression);
  if (ts.isTaggedTemplateExpression(node)) return !ts.isCallExpression(node.tag);
  return ts.isCallExpression(node) && isExecute(node);
}

/** An error names the query that failed: it has to be the function that somebody finds. */
function misnamed(node: ts.Node, reader: string): string | undefined {
  if (!ts.isTaggedTemplateExpression(node) || !ts.isCallExpression(node.tag)) return undefined;
  const { expression, arguments: given } = node.tag;
  if (expression.getText() !== "rowsOf") return undefined;
  const query = given[1];
  const isNamed = query && ts.isStringLiteral(query) && query.text === reader;
  return isNamed ? undefined : `${query?.getText()} is read by ${reader}`;
}
