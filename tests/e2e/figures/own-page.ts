import type { Browser, Page } from "@playwright/test";
import { found, type Ledger, plain } from "../support/figures";
import { openOwnPage, phone } from "../support/people";
import type { Row } from "./squad";
import type { Squad } from "./still";

/** The rows of the table below the athlete's own trend, the latest first. */
async function trendOf(page: Page): Promise<string[][]> {
  const table = page.locator("main figure details");
  if ((await table.count()) === 0) return [];
  await table.locator("summary").click();
  return await table
    .locator("tbody tr")
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll("td")].map((cell) => (cell as HTMLElement).innerText)),
    );
}

/** What the athlete reads on their own phone, of today and the last four weeks. */
export async function readOwnPage(
  browser: Browser,
  of: { row: Row; email: string; squad: Squad; ledger: Ledger },
): Promise<void> {
  const { note } = of.ledger;
  const whose = of.row.name;
  const page = await phone(browser);
  await openOwnPage(page, of.email);
  const place = "athlete's own page";
  const block = page.locator("section").filter({ has: page.locator(".chip") });
  note("level", whose, place, plain(await block.locator(".chip").innerText()));
  const said = plain(await block.locator("p").nth(1).innerText());
  const text = plain(await page.locator("main").innerText());
  note("HRV", whose, `${place}, sentence`, found(said, /(?:Today|HRV) (\d+) ms/));
  note("usual range", whose, `${place}, sentence`, found(said, /usual (\d+–\d+)/));
  note("z", whose, `${place}, sentence`, found(said, /^HRV .* \(z ([+−]?[\d.]+)\)/));
  note("trend", whose, `${place}, sentence`, found(said, /over seven days \(([+−]?[\d.]+) s\)/));
  const rose = found(said, /load rose (\d+) %/);
  note("load change", whose, `${place}, sentence`, rose && `+${rose}`);
  const [hrv = "–", mean7 = "–", usual = "–"] = ((await trendOf(page))[0] ?? []).map(plain);
  const known = (value: string) => (value === "–" ? undefined : value);
  note("HRV", whose, place, known(hrv));
  note("7-day mean", whose, place, known(mean7));
  note("usual range", whose, place, known(usual));
  note("nights of 28 days", whose, place, found(text, /(\d+) nights? with a reading/));
  await page.context().close();
}
