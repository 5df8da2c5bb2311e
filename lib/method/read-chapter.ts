import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Marked } from "marked";

/** The chapters of the method, in reading order; each is `docs/method/<name>.md`. */
export const CHAPTERS = [
  "series",
  "baseline",
  "trend",
  "load",
  "rules",
  "evidence",
  "context",
  "episodes",
  "false-alarms",
  "rr-intervals",
  "correlations",
  "limits",
] as const;

export type Chapter = (typeof CHAPTERS)[number];

/** Chapters lead to each other by name; wide tables scroll by themselves, by keyboard too. */
const reader = new Marked({
  walkTokens(token) {
    const chapter = token.type === "link" && /^([a-z-]+)\.md$/.exec(token.href)?.[1];
    if (!chapter) return;
    token.href = `/methods/${chapter}`;
    token.tokens = [{ type: "text", raw: chapter, text: chapter.replaceAll("-", " ") }];
  },
  hooks: {
    postprocess: (html) =>
      html
        .replaceAll("<table>", '<div class="wide" tabindex="0"><table>')
        .replaceAll("</table>", "</table></div>"),
  },
});

/**
 * One chapter of the method as it stands in `docs/method`, which the test suite checks against the code.
 * @returns title (the first heading) and HTML of what follows; undefined when there is no such chapter
 */
export async function readChapter(name: string): Promise<{ title: string; html: string } | undefined> {
  if (!CHAPTERS.some((chapter) => chapter === name)) return undefined;
  const text = await readFile(join(process.cwd(), "docs", "method", `${name}.md`), "utf8");
  const [heading = "", ...rest] = text.split("\n");
  return { title: heading.replace(/^#+\s*/, ""), html: await reader.parse(rest.join("\n")) };
}
