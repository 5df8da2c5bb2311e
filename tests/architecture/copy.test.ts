import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, test } from "vitest";
import { filesIn } from "@/scripts/house/files";

/** Attributes that people read or hear. */
const SPOKEN =
  /^(title|placeholder|alt|label|aria-(label|description|valuetext|roledescription|placeholder))$/;
/** What reads the same in every language: names of things, units and marks. */
const COMMON =
  /^(SHA-256|npm run [\w -]+|kcal|km|ms|bpm|EWMA \d+|±1 s|RMSSD|REM|Polar|Restday|Enter|Esc|[a-zA-Z]|z|s|p|r|n)$/;

test("no copy stands in pages and components: it comes from messages/", () => {
  expect(filesIn(["app", "components"], /\.tsx$/).flatMap(literalsOf)).toEqual([]);
}, 60_000);

test("copy in a page would be found, wherever it stands", () => {
  const page = `export const A = () => <p title="Some words">Hello {open ? "there" : null} {\`\${n} days\`}</p>;`;
  expect(literalsIn(page, "page.tsx").map(({ text }) => text)).toEqual([
    "Some words",
    "Hello",
    "there",
    "days",
  ]);
});

function literalsOf(path: string): string[] {
  return literalsIn(readFileSync(path, "utf8"), path).map(({ line, text }) => `${path}:${line} ${text}`);
}

function literalsIn(source: string, path: string): { line: number; text: string }[] {
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: { line: number; text: string }[] = [];
  const keep = (node: ts.Node, raw: string) => {
    const text = raw.replaceAll(/&\w+;/g, " ").trim();
    if (!/\p{L}/u.test(text) || COMMON.test(text)) return;
    found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) keep(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && isRead(node)) shown(node.expression, keep);
    if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && node.initializer)
      shown(node.initializer, keep);
    if (ts.isPropertyAssignment(node) && /^(title|description)$/.test(node.name.getText()))
      shown(node.initializer, keep);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** An expression among the children of an element is shown; one in an attribute is a setting. */
function isRead(node: ts.JsxExpression): boolean {
  return !ts.isJsxAttribute(node.parent);
}

/** The literals an expression can come out as. */
function shown(node: ts.Node, keep: (node: ts.Node, text: string) => void): void {
  if (ts.isStringLiteralLike(node)) keep(node, node.text);
  else if (ts.isJsxExpression(node) && node.expression) shown(node.expression, keep);
  else if (ts.isParenthesizedExpression(node)) shown(node.expression, keep);
  else if (ts.isConditionalExpression(node))
    for (const part of [node.whenTrue, node.whenFalse]) shown(part, keep);
  else if (ts.isBinaryExpression(node))
    for (const part of [node.left, node.right]) shownPart(part, node, keep);
  else if (ts.isTemplateExpression(node))
    for (const part of [node.head, ...node.templateSpans.map((span) => span.literal)]) keep(part, part.text);
}

/** A comparison is asked, not shown. */
function shownPart(part: ts.Expression, node: ts.BinaryExpression, keep: Parameters<typeof shown>[1]): void {
  const { kind } = node.operatorToken;
  const isChoice = [
    ts.SyntaxKind.PlusToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ].includes(kind);
  if (isChoice) shown(part, keep);
}
