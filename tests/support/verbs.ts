import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { filesIn } from "@/scripts/house/files";

/** A use case: an exported function of `lib/services` that takes `{ ctx, … }`, and the first act that it requires. */
export type ServiceVerb = { file: string; name: string; act: string | undefined };

const GATES = ["requireCan", "requireOwn", "requireOperator"];

type Module = {
  functions: Map<string, ts.FunctionDeclaration>;
  imports: Map<string, string>;
  types: Map<string, string>;
};

/** Every verb of the services, read from their source. */
export function serviceVerbs(): ServiceVerb[] {
  const files = filesIn(["lib/services"], /\.ts$/).filter((file) => !/\.test\.ts$|\/access\//.test(file));
  const modules = new Map(files.map((file) => [file, moduleOf(file)]));
  return files.sort().flatMap((file) => {
    const own = modules.get(file)!;
    return [...own.functions.values()]
      .filter((declared) => isExported(declared) && takesContext(declared, own))
      .map(({ name }) => ({
        file,
        name: name!.text,
        act: firstAct({ file, name: name!.text }, modules, new Set()),
      }));
  });
}

function moduleOf(file: string): Module {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Module = { functions: new Map(), imports: new Map(), types: new Map() };
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name)
      found.functions.set(statement.name.text, statement);
    if (ts.isTypeAliasDeclaration(statement)) found.types.set(statement.name.text, statement.type.getText());
    if (ts.isImportDeclaration(statement)) noteImports(file, statement, found.imports);
  }
  return found;
}

function noteImports(
  file: string,
  { importClause, moduleSpecifier }: ts.ImportDeclaration,
  into: Map<string, string>,
) {
  const from = (moduleSpecifier as ts.StringLiteral).text;
  const target = from.startsWith("@/")
    ? `${from.slice(2)}.ts`
    : `${path.posix.join(path.posix.dirname(file), from)}.ts`;
  const names = importClause?.namedBindings;
  if (names && ts.isNamedImports(names)) for (const { name } of names.elements) into.set(name.text, target);
}

const isExported = (declared: ts.FunctionDeclaration) =>
  declared.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;

function takesContext({ parameters }: ts.FunctionDeclaration, { types }: Module): boolean {
  const type = parameters[0]?.type?.getText() ?? "";
  return /\bctx: Context\b/.test(types.get(type) ?? type) && type !== "Context";
}

/** Where a verb calls another function of the services before it requires anything, that function's act is its own. */
function firstAct(
  of: { file: string; name: string },
  modules: Map<string, Module>,
  seen: Set<string>,
): string | undefined {
  const own = modules.get(of.file);
  const body = own?.functions.get(of.name)?.body;
  const id = `${of.file} ${of.name}`;
  if (!own || !body || seen.has(id)) return undefined;
  seen.add(id);
  for (const call of callsIn(body)) {
    const callee = call.expression.getText();
    const act = call.arguments[1];
    if (GATES.includes(callee)) return act && ts.isStringLiteral(act) ? act.text : undefined;
    const file = own.imports.get(callee) ?? of.file;
    const found = firstAct({ file, name: callee }, modules, seen);
    if (found) return found;
  }
  return undefined;
}

function callsIn(node: ts.Node): ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  const visit = (inner: ts.Node): void => {
    ts.forEachChild(inner, visit);
    if (ts.isCallExpression(inner)) calls.push(inner);
  };
  visit(node);
  return calls;
}
