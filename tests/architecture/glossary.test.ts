import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** One thing has one name: each pattern is a word we do not use, with the one that we use instead. */
const ENGLISH: [not: RegExp, instead: string][] = [
  [/\bworkouts?\b/i, "session"],
  [/\btraining sessions?\b/i, "session"],
  [/\bphysical information\b/i, "body data"],
  [/\b(sick|ill|sickness)\b/i, "illness"],
  // The verb stays: "Mail me a link", "we mailed it". A mail server and a mailbox are called so everywhere.
  [/\b(?:[aA]n?|the|this|no|one|\d+|morning|readiness|these|of|#) mails?\b(?! server)/i, "e-mail"],
  // Not the names of values and branches.
  [/\bMails\b|(?<!-)\bmails (?:already|sent)\b|(?<!\{)\bemails?\b(?! ?[{},])/, "e-mail"],
  [/\bexertion\b/i, "perceived effort"],
  [/\bthe own\b|\bof today\b/i, "their own, today’s"],
  [/\breckon(?:ed|s)?\b|\bbegins? anew\b|\bput(?:s)? .*\baway\b/i, "calculated, resets, archived"],
  [/(?<![<>]) v (?=[a-z0-9{])/, "vs"],
  [/\b(?:is|are|not) told\b|\bkeeps it no longer\b/i, "an active verb"],
  [/\bstands?\b(?! out)/i, "is, shows, says, replaces"],
  [/\bgo(?:es)? on\b/i, "continues, resumes automatically"],
];

const FINNISH: [not: RegExp, instead: string][] = [
  [/\b(sairas|sairaana)\b/i, "sairaus"],
  [/\bfyysi(?:nen|set|siä) (?:profiili|tie)/i, "kehon tiedot"],
  [/\btreeni|\bsessio/i, "harjoitus"],
  [/\bmeili|(?<!\{)\bemail(?! ?[{},])/i, "sähköposti, viesti"],
  [/\bANS-lataus/i, "ANS-tila"],
  [/\bryhmä (?:on poistettu )?käytöstä|\bryhmän käytöstä/i, "arkistoida"],
];

type Said = { place: string; text: string };

function textsOf(copy: object, path: string): Said[] {
  return Object.entries(copy).flatMap(([key, value]) =>
    typeof value === "string"
      ? [{ place: `${path}.${key}`, text: value }]
      : textsOf(value as object, `${path}.${key}`),
  );
}

function messagesIn(language: string): Said[] {
  const folder = join("messages", language);
  const said = readdirSync(folder).flatMap((file) =>
    textsOf(JSON.parse(readFileSync(join(folder, file), "utf8")), file.replace(".json", "")),
  );
  // Sports have the provider's names.
  return said.filter(({ place }) => !place.startsWith("workout.sport."));
}

function breachesOf(said: Said[], glossary: typeof ENGLISH): string[] {
  return said.flatMap(({ place, text }) =>
    glossary.filter(([not]) => not.test(text)).map(([, instead]) => `${place}: “${text}”; say: ${instead}`),
  );
}

/** Lines of the documents as people read them: without code, formulas and targets of links. */
function linesOfDocuments(): Said[] {
  const pages = readdirSync("docs", { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".md"),
  );
  return ["README.md", ...pages.map((path) => join("docs", path))].flatMap((path) => {
    const prose = readFileSync(path, "utf8")
      .replaceAll(/```.*?```/gs, (block) => block.replaceAll(/[^\n]/g, ""))
      .replaceAll(/^ {4}.*$/gm, "")
      .replaceAll(/`[^`\n]*`|\]\([^)]*\)/g, "");
    return prose.split("\n").map((text, i) => ({ place: `${path}:${i + 1}`, text }));
  });
}

test("documents call things by the same names as the pages", () => {
  const lines = linesOfDocuments();
  expect(lines.length).toBeGreaterThan(1000);
  expect(breachesOf(lines, ENGLISH)).toEqual([]);
});

test("English copy calls one thing by one name", () => {
  expect(breachesOf(messagesIn("en"), ENGLISH)).toEqual([]);
});

test("Finnish copy calls one thing by one name", () => {
  expect(breachesOf(messagesIn("fi"), FINNISH)).toEqual([]);
});

test("the glossary would find what it forbids", () => {
  const wrong = [
    "Workouts",
    "No physical information has arrived.",
    "Sick",
    "a mail a morning",
    "mails already sent",
    "2 v 3",
    "It stands in the ledger.",
    "Sharing goes on.",
  ];
  for (const text of wrong) expect(breachesOf([{ place: "here", text }], ENGLISH)).toHaveLength(1);
  expect(breachesOf([{ place: "here", text: "Mail me a link to the mail server" }], ENGLISH)).toEqual([]);
});
