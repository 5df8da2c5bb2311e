import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { StartProblem } from "./problem";

/**
 * Reads `NAME=value` lines as Node does: comments, `export` and surrounding quotes are understood; a value with a `#` in
 * it needs quotes.
 * @throws StartProblem for a line that is no setting: Node would read it and the next setting as one name
 */
export function parseDotenv(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value = ""] of Object.entries(parseEnv(text))) {
    if (name.includes("\n")) throw new StartProblem(problemOf(text, name));
    values[name] = value;
  }
  return values;
}

// By number: what stands there may be a secret that came apart.
function problemOf(text: string, name: string): string {
  const [line = ""] = name.split("\n");
  const number = text.split(/\r?\n/).findIndex((one) => one.trim() === line.trim()) + 1;
  return `Line ${number} of .env is not a setting: write NAME=value, or # before a comment.`;
}

/** The environment with the file's values under it: what the shell sets wins. */
export function withDotenv(file: string, shell: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!existsSync(file)) return { ...shell };
  return { ...parseDotenv(readFileSync(file, "utf8")), ...shell };
}
