import { existsSync, readFileSync } from "node:fs";

const line = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/;

function unquoted(raw: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(raw);
  if (quoted) return quoted[2] ?? "";
  return raw.replace(/\s+#.*$/, "");
}

/** Reads `KEY=value` lines; comments, `export` and surrounding quotes are understood. */
export function parseDotenv(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const row of text.split(/\r?\n/)) {
    const match = line.exec(row);
    if (match?.[1]) values[match[1]] = unquoted(match[2] ?? "");
  }
  return values;
}

/** The environment with the file's values under it: what the shell sets wins. */
export function withDotenv(file: string, shell: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!existsSync(file)) return { ...shell };
  return { ...parseDotenv(readFileSync(file, "utf8")), ...shell };
}
