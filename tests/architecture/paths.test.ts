import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { filesIn } from "@/scripts/house/files";

const PLACES = [
  "app",
  "bench",
  "components",
  "db",
  "docs",
  "i18n",
  "inngest",
  "lib",
  "scripts",
  "simulator",
  "tests",
];
const PATH = new RegExp(
  `(?<![\\w/.@-])(?:${PLACES.join("|")})/(?:(?!\\]\\()[\\w()[\\]/.-])*\\.(?:tsx?|mjs|md|css|json|sql)(?![\\w-])`,
  "g",
);

/** Of Inngest's repository. */
const ELSEWHERE = ["docs/SDK_SPEC.md"];

const texts = ["README.md", ...filesIn(PLACES, /\.(tsx?|mjs|md|css)$/)];

test("a file that a document or a comment names is there", () => {
  expect(texts.length).toBeGreaterThan(500);
  const missing = texts.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(PATH)]
      .map(([named]) => named)
      .filter(
        (named) =>
          !ELSEWHERE.includes(named) &&
          !existsSync(named) &&
          !existsSync(path.join(path.dirname(file), named)),
      )
      .map((named) => `${file} names ${named}`),
  );
  expect(missing).toEqual([]);
});
