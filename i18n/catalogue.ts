import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type Copy = { [key: string]: string | Copy };

/** A language the product speaks: the name of its folder, the regional form of its dates and numbers, its own name for itself. */
export type SpokenLanguage = { code: string; locale: string; name: string };

export type Catalogue = {
  /** English first, the others by their code. */
  languages: readonly SpokenLanguage[];
  /** All copy of one language, one namespace a file; what a language does not say yet is told in English. */
  load: (code: string) => Copy;
};

const FALLBACK = "en";

/**
 * Reads `folder`: each folder in it is a language, each of its JSON files the namespace of its name, and
 * `language.json` says what the language is called. A new folder is a new language.
 * @throws Error naming the folder whose `language.json` is missing or incomplete
 */
export function openCatalogue(folder: string): Catalogue {
  const codes = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const languages = codes
    .map(({ name }) => spokenIn(folder, name))
    .sort((a, b) => rank(a).localeCompare(rank(b)));
  const loaded = new Map<string, Copy>();
  const load = (code: string): Copy => {
    const kept = loaded.get(code);
    if (kept) return kept;
    const own = readLanguage(folder, code);
    const copy = code === FALLBACK ? own : over(readLanguage(folder, FALLBACK), own);
    loaded.set(code, copy);
    return copy;
  };
  return { languages, load };
}

function rank({ code }: SpokenLanguage): string {
  return code === FALLBACK ? "" : code;
}

function spokenIn(folder: string, code: string): SpokenLanguage {
  const path = join(folder, code, "language.json");
  const { locale, name } = JSON.parse(readFileSync(path, "utf8")) as Partial<SpokenLanguage>;
  if (!locale || !name) throw new Error(`${path} has to name "locale" (such as "fi-FI") and "name".`);
  return { code, locale, name };
}

function readLanguage(folder: string, code: string): Copy {
  const files = readdirSync(join(folder, code)).filter((file) => file.endsWith(".json"));
  return Object.fromEntries(
    files.map((file) => [
      file.slice(0, -".json".length),
      JSON.parse(readFileSync(join(folder, code, file), "utf8")) as Copy,
    ]),
  );
}

/** One copy laid over another, message by message. */
function over(base: Copy, top: Copy): Copy {
  const laid: Copy = { ...base };
  for (const [key, value] of Object.entries(top)) {
    const below = base[key];
    laid[key] = typeof value === "object" && typeof below === "object" ? over(below, value) : value;
  }
  return laid;
}
