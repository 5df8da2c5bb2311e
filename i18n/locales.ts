import { join } from "node:path";
import { type Catalogue, type Copy, openCatalogue, type SpokenLanguage } from "./catalogue";

/** A folder of `messages/`. */
export type Language = string;

let opened: Catalogue | undefined;

/** The product's own copy: read once, but while somebody develops. */
function catalogue(): Catalogue {
  if (!opened || process.env.NODE_ENV === "development")
    opened = openCatalogue(join(process.cwd(), "messages"));
  return opened;
}

/** Languages the product speaks, English first. */
export function languages(): readonly SpokenLanguage[] {
  return catalogue().languages;
}

/** All copy of one language. */
export function loadMessages(language: Language): Copy {
  return catalogue().load(language);
}

/** The regional form of a language's dates and numbers: `fi-FI`. */
export function localeOf(language: Language): string {
  return languages().find(({ code }) => code === language)?.locale ?? "en-GB";
}

/** The language of a locale such as `fi-FI`; English when it is not one of ours. */
export function languageOf(locale: string): Language {
  return spoken(locale, languages()) ?? "en";
}

/** The chosen language, else the first of an `Accept-Language` header that we speak, else English. */
export function chooseLanguage(
  chosen: string | undefined,
  acceptLanguage: string | null,
  among: readonly SpokenLanguage[] = languages(),
): Language {
  const wanted = [chosen ?? "", ...preferred(acceptLanguage ?? "")];
  return wanted.flatMap((tag) => spoken(tag, among) ?? [])[0] ?? "en";
}

/** The language meant by a tag: its own (`pt-BR`), else that of its first part. */
function spoken(tag: string, among: readonly SpokenLanguage[]): Language | undefined {
  const wanted = tag.toLowerCase();
  const found =
    among.find(({ code, locale }) => [code, locale].some((known) => known.toLowerCase() === wanted)) ??
    among.find(({ code }) => code.toLowerCase() === wanted.split("-")[0]);
  return found?.code;
}

function preferred(header: string): string[] {
  return header
    .split(",")
    .map((part) => {
      const [tag = "", weight] = part.trim().split(";q=");
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== "" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
