import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { filesIn } from "@/scripts/house/files";

/** Lines of CSS written by hand. A ceiling only falls; a file that is not listed may not exist. */
const CEILINGS: Record<string, number> = {
  "app/globals.css": 73,
  "components/athlete-self/own.module.css": 26,
  "components/athlete-self/scale.module.css": 37,
  "components/heatmap/heatmap.module.css": 168,
  "components/methods/chapter.module.css": 50,
  "components/squad/squad.module.css": 365,
  "components/squad/why.module.css": 83,
  "components/ui/base.css": 117,
  "components/ui/levels.css": 97,
  "components/ui/table.css": 18,
  "components/ui/tokens.css": 76,
  "components/ui/utilities.css": 16,
};
/** Of all files together. */
const CEILING = 1_126;

const stylesheets = filesIn(["app", "components"], /\.css$/);
const linesOf = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n").length;
/** Classes of a module are its own, whatever they are called. */
const shared = stylesheets.filter((file) => !file.endsWith(".module.css"));

test("CSS written by hand stays below its ceilings", () => {
  const over = stylesheets
    .filter((file) => linesOf(file) > (CEILINGS[file] ?? 0))
    .map((file) => `${file}: ${linesOf(file)} lines, at most ${CEILINGS[file] ?? 0}`);
  expect(over).toEqual([]);
  expect(stylesheets.reduce((sum, file) => sum + linesOf(file), 0)).toBeLessThanOrEqual(CEILING);
});

test("a ceiling falls with its file", () => {
  const loose = Object.entries(CEILINGS).filter(
    ([file, most]) => !stylesheets.includes(file) || most > linesOf(file),
  );
  expect(loose).toEqual([]);
});

test("a class is at home in one file", () => {
  const homes = new Map<string, string[]>();
  for (const file of shared)
    for (const name of classesOf(readFileSync(file, "utf8")))
      homes.set(name, [...(homes.get(name) ?? []), file]);
  expect([...homes].filter(([, files]) => files.length > 1)).toEqual([]);
});

test("no room uses a class of another room", () => {
  const foreign = shared.filter((file) => roomOf(file) !== "ui").flatMap(usersElsewhere);
  expect(foreign).toEqual([]);
});

test("what looks like a button, a field or a card is one of components/ui", () => {
  const raw = filesIn(["app", "components"], /\.tsx$/).filter((file) =>
    /className="(?:[^"]* )?(?:button|input|card|chip|notice|field)(?: [^"]*)?"/.test(
      readFileSync(file, "utf8"),
    ),
  );
  expect(raw).toEqual([]);
});

test("classes are read from selectors alone", () => {
  const css = "/* .not-this */ .row > .cell:not(.wide) { inset: 0.5px; & .inner { margin: .5rem } }";
  expect(classesOf(css)).toEqual(["row", "cell", "wide", "inner"]);
  const markup = '<p className={open ? "row wide" : "row"} title="cell">';
  expect(usedIn(markup, ["row", "wide", "cell"])).toEqual(["row", "wide"]);
});

/** `components/squad/columns.tsx` is in `squad`; pages put rooms together and are in none. */
function roomOf(file: string): string | undefined {
  return /^components\/([^/]+)\//.exec(file)?.[1];
}

function usersElsewhere(stylesheet: string): string[] {
  const names = classesOf(readFileSync(stylesheet, "utf8"));
  return filesIn(["components"], /\.tsx?$/)
    .filter((file) => roomOf(file) !== roomOf(stylesheet))
    .flatMap((file) => usedIn(readFileSync(file, "utf8"), names).map((name) => `${file}: .${name}`));
}

/** The class names of a stylesheet's selectors. */
function classesOf(css: string): string[] {
  const bare = css.replaceAll(/\/\*.*?\*\//gs, "");
  const selectors = [...bare.matchAll(/([^{};]*)\{/g)].map(([, selector = ""]) => selector);
  return [
    ...new Set(
      selectors.flatMap((one) => [...one.matchAll(/\.([a-zA-Z][\w-]*)/g)].map(([, name = ""]) => name)),
    ),
  ];
}

/** Which of the names stand in a class attribute. */
function usedIn(source: string, names: readonly string[]): string[] {
  const attributes = [
    ...source.matchAll(/className=(?:"([^"]*)"|\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\})/g),
  ];
  const words = new Set(
    attributes.flatMap(([, plain = "", code = ""]) => `${plain} ${code}`.split(/[^\w-]+/)),
  );
  return names.filter((name) => words.has(name));
}
