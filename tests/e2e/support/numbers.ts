import { type APIRequestContext, expect, type Page } from "@playwright/test";
import { product } from "./product";

const MONTHS = {
  en: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  fi: [
    "tammi",
    "helmi",
    "maalis",
    "huhti",
    "touko",
    "kesä",
    "heinä",
    "elo",
    "syys",
    "loka",
    "marras",
    "joulu",
  ],
} as const;

export type Language = keyof typeof MONTHS;

/** `28 Nov 2026` and `28. marraskuuta 2026` as Finnish pages write dates in short: `28.11.2026`. */
function withShortDates(text: string, language: Language): string {
  const names: readonly string[] = MONTHS[language];
  const long = new RegExp(`(\\d{1,2})\\.? (${names.join("|")})\\p{L}*\\.?( \\d{4})?`, "gu");
  return text.replaceAll(long, (_, day, name, year = "") => {
    return `${day}.${names.indexOf(name) + 1}.${year.trim()}`;
  });
}

const TIME = /(?<![\d.,:])(\d{1,2})[.:](\d{2})(?![\d.,:%])/g;
const DATE = /(?<![\d.,])(\d{1,2})\.(\d{1,2})\.(\d{4})?/g;
const NUMBER = /[+−]?\d*[.,]?\d+/g;

/**
 * The numbers of a text in one form, whatever the language: dates as `d28/11`, times and durations as `t7:05`, decimals
 * with a point. Sorted: two languages may tell them in another order.
 */
export function numbersOf(text: string, language: Language): string[] {
  let rest = withShortDates(text.replaceAll(/(?<=\d)[\u2009\u00a0\u202f](?=\d{3})/g, ""), language);
  const found: string[] = [];
  const take = (pattern: RegExp, form: (...groups: string[]) => string) => {
    rest = rest.replaceAll(pattern, (_, ...groups) => {
      found.push(form(...groups));
      return " ";
    });
  };
  take(DATE, (day, month, year) => `d${Number(day)}/${Number(month)}${year ? `/${year}` : ""}`);
  // A Finnish time has a point, a Finnish decimal a comma; in English the point is a decimal's.
  const time = language === "fi" ? TIME : /(?<![\d.,:])(\d{1,2}):(\d{2})(?![\d:])/g;
  take(time, (hour, minute) => `t${Number(hour)}:${minute}`);
  for (const [number] of rest.matchAll(NUMBER))
    found.push(number.replace(",", ".").replace(/^([+−]?)\./, "$10."));
  return found.toSorted();
}

type Piece = { tag: string; text: string };

/** What a page says, piece by piece, as the server sends it: cells, lines, headings, and what is only read aloud. */
async function piecesOf(
  page: Page,
  of: { path: string; request: APIRequestContext; language: Language },
): Promise<Piece[]> {
  const answer = await of.request.get(product.origin + of.path);
  const { lang, pieces } = await page.evaluate(
    (html) => {
      const parsed = new DOMParser().parseFromString(html, "text/html");
      for (const element of parsed.querySelectorAll("script, style, code, pre, select, [translate=no]"))
        element.remove();
      const holders =
        "td, th, dt, dd, p, li, h1, h2, h3, caption, figcaption, summary, label, span, b, text, a";
      const leaves = [...parsed.querySelectorAll(holders)].filter(
        (one) => one.querySelector(holders) === null,
      );
      const spoken = [...parsed.querySelectorAll("main [aria-label]")];
      const pieces = [
        ...leaves.map((one) => ({ tag: one.tagName, text: one.textContent ?? "" })),
        ...spoken.map((one) => ({ tag: "label", text: one.getAttribute("aria-label") ?? "" })),
      ];
      return { lang: parsed.documentElement.lang, pieces };
    },
    await answer.text(),
  );
  expect(lang.slice(0, 2), of.path).toBe(of.language);
  return pieces;
}

const counted = (pieces: readonly Piece[], language: Language) => {
  const lines = new Map<string, string[]>();
  for (const { tag, text } of pieces) {
    const numbers = numbersOf(text, language);
    if (numbers.length === 0) continue;
    const line = `${tag} ${numbers.join(" ")}`;
    lines.set(line, [...(lines.get(line) ?? []), text.trim()]);
  }
  return lines;
};

/** Pieces of a page whose numbers only one of the languages has. */
export async function unlikeNumbers(
  page: Page,
  of: { path: string; en: APIRequestContext; fi: APIRequestContext },
): Promise<string[]> {
  const read = async (language: Language) =>
    counted(await piecesOf(page, { path: of.path, request: of[language], language }), language);
  const [en, fi] = [await read("en"), await read("fi")];
  const beyond = (those: Map<string, string[]>, others: Map<string, string[]>) =>
    [...those].flatMap(([line, texts]) =>
      texts.slice(others.get(line)?.length ?? 0).map((text) => `${line}: ${text}`),
    );
  return [
    ...beyond(en, fi).map((line) => `${of.path}  en ${line}`),
    ...beyond(fi, en).map((line) => `${of.path}  fi ${line}`),
  ];
}
