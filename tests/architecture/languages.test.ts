import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTranslator } from "next-intl";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Copy, openCatalogue } from "@/i18n/catalogue";
import { chooseLanguage, languageOf, languages, localeOf } from "@/i18n/locales";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "restday-messages-"));
  cpSync("messages", folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function add(code: string, files: Record<string, object>): void {
  mkdirSync(join(folder, code));
  for (const [name, copy] of Object.entries(files))
    writeFileSync(join(folder, code, name), JSON.stringify(copy));
}

const swedish = { locale: "sv-SE", name: "Svenska" };

test("a folder of files is a language; what it does not say yet is told in English", () => {
  add("sv", { "language.json": swedish, "shell.json": { skip: "Hoppa till innehållet" } });
  const catalogue = openCatalogue(folder);
  expect(catalogue.languages.map(({ code }) => code)).toEqual(["en", "fi", "sv"]);
  const messages = catalogue.load("sv");
  const t = createTranslator({ locale: "sv-SE", messages }) as unknown as (key: string) => string;
  expect(t("shell.skip")).toBe("Hoppa till innehållet");
  expect(t("shell.nav.heatmap")).toBe("Heatmap");
  expect(Object.keys(messages).sort()).toEqual(Object.keys(catalogue.load("en")).sort());
});

test("the browser's language is chosen from the folders that are there", () => {
  add("sv", { "language.json": swedish });
  const { languages: spoken } = openCatalogue(folder);
  expect(chooseLanguage(undefined, "sv-FI,fi;q=0.8", spoken)).toBe("sv");
  expect(chooseLanguage("fi", "sv-FI", spoken)).toBe("fi");
  expect(chooseLanguage(undefined, "de,sv;q=0.3,fi;q=0.5", spoken)).toBe("fi");
  expect(chooseLanguage("xx", "de", spoken)).toBe("en");
});

test("a language that does not say what it is called is refused by name", () => {
  add("sv", { "language.json": { name: "Svenska" } });
  expect(() => openCatalogue(folder)).toThrow(/sv.language\.json has to name "locale"/);
});

test("the product speaks English and Finnish", () => {
  expect(languages()).toEqual([
    { code: "en", locale: "en-GB", name: "English" },
    { code: "fi", locale: "fi-FI", name: "Suomi" },
  ]);
  expect([languageOf("fi-FI"), languageOf("FI"), languageOf("de-DE")]).toEqual(["fi", "fi", "en"]);
  expect([localeOf("fi"), localeOf("xx")]).toEqual(["fi-FI", "en-GB"]);
});

test("English is the only language that stands by itself: the others are laid over it", () => {
  const { load } = openCatalogue(folder);
  const finnish = load("fi") as { shell: Copy };
  expect(finnish.shell.skip).toBe("Siirry sisältöön");
});
