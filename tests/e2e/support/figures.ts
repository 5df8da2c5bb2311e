import { expect, type Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { product } from "./product";

/** What stands where: figure, whose, place, and the text as it is read there. */
export type Ledger = {
  note(figure: string, whose: string, place: string, value: string | undefined): void;
  /** Every figure that stands in more than one place has one value. @param places how many places each figure must have at least */
  expectOneValue(places: Readonly<Record<string, number>>): void;
};

/** Collects figures from pages, files and mails, to compare them at the end. */
export function ledger(): Ledger {
  const found = new Map<string, Map<string, Map<string, string>>>();
  return {
    note(figure, whose, place, value) {
      if (value === undefined) return;
      const ofFigure = found.get(figure) ?? new Map<string, Map<string, string>>();
      found.set(figure, ofFigure);
      ofFigure.set(whose, (ofFigure.get(whose) ?? new Map<string, string>()).set(place, value));
    },
    expectOneValue(places) {
      const unlike = [...found].flatMap(([figure, ofFigure]) =>
        [...ofFigure]
          .filter(([, values]) => new Set(values.values()).size > 1)
          .map(([whose, values]) => `${figure}, ${whose}: ${JSON.stringify(Object.fromEntries(values))}`),
      );
      expect.soft(unlike, "figures that differ between places").toEqual([]);
      const most = Object.fromEntries(
        Object.entries(places).map(([figure, least]) => {
          const sizes = [...(found.get(figure)?.values() ?? [])].map((values) => values.size);
          return [figure, Math.min(least, Math.max(0, ...sizes))];
        }),
      );
      // A figure that was read nowhere would agree with everything.
      expect.soft(most, "places that each figure was read in").toEqual(places);
    },
  };
}

/** Text in one line: no space between thousands, one between words. */
export function plain(text: string): string {
  return text.replaceAll("\u2009", "").replaceAll(/\s+/g, " ").trim();
}

/** Opens a page and reads its main part. */
export async function read(page: Page, path: string): Promise<string> {
  await page.goto(product.origin + path);
  return plain(await page.locator("main").innerText());
}

/** The first group of a pattern in a text. */
export const found = (text: string, pattern: RegExp): string | undefined => pattern.exec(text)?.[1];

export type CsvRow = Record<string, string>;

/** The rows of a file that a page offers. */
export async function csvOf(page: Page, path: string): Promise<CsvRow[]> {
  const response = await page.request.get(product.origin + path);
  expect(response.ok(), path).toBe(true);
  return parse(await response.text(), { columns: true, bom: true });
}

/** A number of a file as the page writes it, where the page's is the same number rounded; else as it stands in the file. */
export function asShown(shown: string | undefined, raw: string | undefined): string | undefined {
  if (raw === undefined || shown === undefined) return undefined;
  if (raw === "") return shown === "–" ? shown : "nothing";
  const decimals = /[.,](\d+)/.exec(shown)?.[1]?.length ?? 0;
  const value = Number(shown.replace("−", "-").replace("+", "").replace(",", "."));
  // The file has three decimals.
  return Math.abs(value - Number(raw)) <= 0.5 * 10 ** -decimals + 0.0006 ? shown : raw;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Sat 28 Nov` as a date, the latest up to `today`. */
export function dayOf(words: string | undefined, today: string): string | undefined {
  const [, day, month] = /(\d+) (\p{L}{3})/u.exec(words ?? "") ?? [];
  if (!day || !month) return undefined;
  const on = (year: number) =>
    `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
  const year = Number(today.slice(0, 4));
  return on(year) > today ? on(year - 1) : on(year);
}

/** The last such weekday before `today`: "Saturday". */
export function weekdayBefore(name: string | undefined, today: string): string | undefined {
  for (let back = 1; back < 7 && name; back++) {
    const day = new Date(Date.parse(`${today}T00:00:00Z`) - back * 86_400_000);
    if (day.toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" }) === name)
      return day.toISOString().slice(0, 10);
  }
  return undefined;
}
