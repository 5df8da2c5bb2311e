import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** One thing has one name. What stands on the left is not said; the name that is said instead stands on the right. */
const ENGLISH: [not: RegExp, instead: string][] = [
  [/\bworkouts?\b/i, "session"],
  [/\btraining sessions?\b/i, "session"],
  [/\bphysical information\b/i, "body data"],
  [/\b(sick|ill|sickness)\b/i, "illness"],
  // The verb stays: "Mail me a link", "we mailed it". A mail server and a mailbox are called so everywhere.
  [/\b(?:[aA]n?|the|this|no|one|\d+|morning|readiness|these|of|#) mails?\b(?! server)/i, "e-mail"],
  // Not the names of values and branches.
  [/\bMails\b|(?<!\{)\bemails?\b(?! ?[{},])/, "e-mail"],
  [
    /\bthe own\b|\bof today\b|\bgo(?:es)? on by (?:itself|themselves)\b/i,
    "their own, today’s, resumes automatically",
  ],
  [/\breckon(?:ed|s)?\b|\bbegins? anew\b|\bput(?:s)? .*\baway\b/i, "calculated, resets, archived"],
  [/(?<![<>]) v (?=[a-z0-9{])/, "vs"],
  [/\bis told\b|\bare told\b|\bnot told\b|\bstands agreed\b|\bkeeps it no longer\b/i, "an active verb"],
];

const FINNISH: [not: RegExp, instead: string][] = [
  [/\b(sairas|sairaana)\b/i, "sairaus"],
  [/\bfyysi(?:nen|set|siä) (?:profiili|tie)/i, "kehon tiedot"],
  [/\btreeni|\bsessio/i, "harjoitus"],
  [/\bmeili|(?<!\{)\bemail(?! ?[{},])/i, "sähköposti, viesti"],
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

test("English copy calls one thing by one name", () => {
  expect(breachesOf(messagesIn("en"), ENGLISH)).toEqual([]);
});

test("Finnish copy calls one thing by one name", () => {
  expect(breachesOf(messagesIn("fi"), FINNISH)).toEqual([]);
});

test("the glossary would find what it forbids", () => {
  const wrong = ["Workouts", "No physical information has arrived.", "Sick", "a mail a morning", "2 v 3"];
  for (const text of wrong) expect(breachesOf([{ place: "here", text }], ENGLISH)).toHaveLength(1);
  expect(breachesOf([{ place: "here", text: "Mail me a link to the mail server" }], ENGLISH)).toEqual([]);
});
