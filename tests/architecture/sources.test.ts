import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/**
 * Who handles every source's rows: the writer, what rebuilds, exports and deletes all of them, and the question whether
 * one provider has to be asked. Everybody else reads the one night and the one sleep that count.
 */
const EVERY_ROW = ["export.ts", "retention.ts", "sync-due.ts", "wearables.ts"];

const READS = [
  /\b(?:from|join)\s+(?:nights|sleeps)\b/i,
  /\b(?:from|join)\s+\$\{(?:nights|sleeps)\}/i,
  /\.(?:from|\w*Join)\((?:nights|sleeps)\b/,
];

const isRead = (text: string) => READS.some((pattern) => pattern.test(text));

test("nights and sleeps are read where one source counts, but for those who handle every row", () => {
  const readers = readdirSync("db/queries").filter(
    (file) => !file.endsWith(".test.ts") && isRead(readFileSync(join("db/queries", file), "utf8")),
  );
  expect(readers.filter((file) => !EVERY_ROW.includes(file))).toEqual([]);
});

test("a reader of the tables would be found, however it is written", () => {
  const found = ["left join nights n on", "from\n  sleeps", "from ${" + "nights} own", ".from(sleeps)"];
  for (const text of [...found, ".innerJoin(nights, eq("]) expect(isRead(text), text).toBe(true);
  for (const text of ["from scored_nights n", ".from(scoredSleeps)", "join ${" + "scoredNights}"])
    expect(isRead(text), text).toBe(false);
});
