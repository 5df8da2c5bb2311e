import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { filesIn } from "@/scripts/house/files";

const FOLDERS = ["lib", "db", "components", "app", "inngest", "scripts"];

type Words = { path: string; line: number; words: readonly string[] };
/** `owns`: the exported tuple itself. `checked`: the compiler holds it against a list by `satisfies`. */
type Literal = Words & { stands: "owns" | "checked" | "loose" };

test("no closed list of words is typed a second time: its owner exports it", () => {
  const literals = sources().flatMap(([path, source]) => literalsIn(source, path));
  expect(literals.filter(({ stands }) => stands === "owns").length).toBeGreaterThan(40);
  expect(copiesAmong(literals)).toEqual([]);
  expect(twinsAmong(literals)).toEqual([]);
}, 120_000);

test("a list typed again would be found, however it is written", () => {
  const owner = `export const LEVELS = ["red", "amber", "green", "grey"] as const;
    export const LOUD = ["red", "amber", "green"] as const satisfies readonly Level[];
    export const SIDES = ["left", "right"] as const;`;
  const copies = `const again = ["grey", "green", "amber", "red"] as const;
    type Level = "red" | "amber" | "green" | "grey" | null;
    const some = z.enum(["red",
      "amber", "green"]);
    enum Side { Left = "left", Right = "right" }
    const rows = sql\`select from days where level in ('red', 'amber', 'green') and \${more}\`;
    const two = ["red", "amber"];
    const other = ["red", "amber", "blue"];
    const held = ["red", "green", "grey"] as const satisfies readonly Level[];`;
  const literals = [...literalsIn(owner, "owner.ts"), ...literalsIn(copies, "copies.ts")];
  expect(copiesAmong(literals)).toEqual([
    "copies.ts:1 grey, green, amber, red (owner.ts:1)",
    "copies.ts:2 red, amber, green, grey (owner.ts:1)",
    "copies.ts:3 red, amber, green (owner.ts:2)",
    "copies.ts:5 left, right (owner.ts:3)",
    "copies.ts:6 red, amber, green (owner.ts:2)",
  ]);
  const twins = `type Place = "here" | "there" | "nowhere"; const places = ["nowhere", "there", "here"];`;
  expect(twinsAmong(literalsIn(twins, "twins.ts"))).toEqual(["here, nowhere, there: twins.ts:1, twins.ts:1"]);
});

function sources(): [path: string, source: string][] {
  const code = filesIn(FOLDERS, /\.(tsx?|mjs)$/).filter((path) => !/\.test\.tsx?$/.test(path));
  return code.sort().map((path) => [path, readFileSync(path, "utf8")]);
}

/** Literals that repeat an owner's whole list, or three words of it or more where no `satisfies` holds them to it. */
function copiesAmong(literals: readonly Literal[]): string[] {
  const owners = literals
    .filter(({ stands }) => stands === "owns")
    .sort((a, b) => a.words.length - b.words.length);
  return literals.flatMap((literal) => {
    const { path, line, words, stands } = literal;
    const owner = owners.find((list) => list !== literal && repeats(literal, list));
    if (!owner || stands === "checked") return [];
    return [`${path}:${line} ${words.join(", ")} (${owner.path}:${owner.line})`];
  });
}

/** Lists of three words or more that no one owns and that stand in two places. */
function twinsAmong(literals: readonly Literal[]): string[] {
  const places = new Map<string, string[]>();
  for (const { path, line, words, stands } of literals) {
    if (stands === "owns" || words.length < 3) continue;
    const key = words.toSorted().join(", ");
    places.set(key, [...(places.get(key) ?? []), `${path}:${line}`]);
  }
  return [...places].filter(([, at]) => at.length > 1).map(([key, at]) => `${key}: ${at.join(", ")}`);
}

function repeats({ words, stands }: Literal, list: Words): boolean {
  if (!words.every((word) => list.words.includes(word))) return false;
  return words.length === list.words.length || (words.length >= 3 && stands === "loose");
}

function literalsIn(source: string, path: string): Literal[] {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, kind);
  const found: Literal[] = [];
  const keep = (node: ts.Node, words: readonly string[]) => {
    const distinct = [...new Set(words)];
    if (distinct.length < 2) return;
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ path, line, words: distinct, stands: standingOf(node) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node)) keep(node, wordsOf(node.elements));
    if (ts.isUnionTypeNode(node)) keep(node, wordsOf(node.types));
    if (ts.isEnumDeclaration(node))
      keep(node, wordsOf(node.members.flatMap(({ initializer }) => initializer ?? [])));
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node))
      for (const list of listsOfSql(node.getText())) keep(node, list);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The words, where a list consists of nothing else; `null` and `undefined` of a union aside. */
function wordsOf(nodes: readonly ts.Node[]): string[] {
  const members = nodes.filter((node) => !/^(null|undefined)$/.test(node.getText()));
  const words = members.flatMap((node) => {
    const literal = ts.isLiteralTypeNode(node) ? node.literal : node;
    return ts.isStringLiteralLike(literal) ? [literal.text] : [];
  });
  return words.length === members.length ? words : [];
}

const listsOfSql = (text: string): string[][] =>
  [...text.matchAll(/\(\s*('[\w-]+'(?:\s*,\s*'[\w-]+')+)\s*\)/g)].map(([, list = ""]) =>
    [...list.matchAll(/'([\w-]+)'/g)].map(([, word = ""]) => word),
  );

function standingOf(node: ts.Node): Literal["stands"] {
  const inside = node.parent;
  const tuple = ts.isAsExpression(inside) && inside.type.getText() === "const" ? inside : undefined;
  const whole = tuple && ts.isSatisfiesExpression(tuple.parent) ? tuple.parent : tuple;
  if (whole && isExported(whole.parent)) return "owns";
  return isHeld(inside) ? "checked" : "loose";
}

function isExported(node: ts.Node): boolean {
  if (!ts.isVariableDeclaration(node)) return false;
  const statement = node.parent.parent;
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Whether a value stands within one that the compiler holds against a type. */
function isHeld(node: ts.Node): boolean {
  if (ts.isSatisfiesExpression(node)) return true;
  const isWithin =
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isAsExpression(node);
  return isWithin && isHeld(node.parent);
}
