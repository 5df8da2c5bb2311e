import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { CHAPTERS, readChapter } from "./read-chapter";

test("every page of docs/method is a chapter, and every chapter can be read", async () => {
  const files = readdirSync("docs/method").filter((name) => name !== "README.md");
  expect(CHAPTERS.map((name) => `${name}.md`).toSorted()).toEqual(files.toSorted());
  for (const name of CHAPTERS) {
    const chapter = await readChapter(name);
    expect(chapter?.title).toMatch(/\w/);
    expect(chapter?.html.length).toBeGreaterThan(300);
  }
});

test("links between chapters stay inside of the product and end somewhere", async () => {
  for (const name of CHAPTERS) {
    const { html = "" } = (await readChapter(name)) ?? {};
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target ?? "");
    for (const target of targets.filter((one) => !one.startsWith("https://")))
      expect(CHAPTERS.map((chapter) => `/methods/${chapter}`)).toContain(target);
  }
});

test("what is no chapter is not read, whatever path it names", async () => {
  expect(await readChapter("../../package")).toBeUndefined();
  expect(await readChapter("README")).toBeUndefined();
});
