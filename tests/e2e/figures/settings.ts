import { expect, type Page } from "@playwright/test";
import { asShown, csvOf, found, type Ledger, plain, read } from "../support/figures";
import type { Row } from "./squad";
import type { Squad } from "./still";

export async function readOtherPages(page: Page, squad: Squad, { note }: Ledger): Promise<void> {
  const squads = await read(page, "/squads");
  note("athletes", "squad", "squads", found(squads, new RegExp(`${squad.name} (\\d+) athletes`)));
  note(
    "chance rate of brief before data",
    "any",
    "squads",
    found(squads, /A low night.*?By chance alone ([\d.–]+) %/),
  );
  const roster = await read(page, `${squad.path}/athletes`);
  note("athletes", "squad", "roster", found(roster, /In this squad · (\d+)/));
  const connections = await read(page, `${squad.path}/connections`);
  note("athletes", "squad", "connections", found(connections, /All · (\d+)/));
  note("connected", "squad", "connections", found(connections, /Athletes connected\s(\d+) of/));
  note("streams in order", "squad", "connections", found(connections, /Streams in order\s(\d+ of \d+)/));
  note("needs action", "squad", "connections", found(connections, /Needs action · (\d+)/));
  const operation = await read(page, "/operate");
  note("connected", "squad", "operation", found(operation, /squad (\d+) athletes connected/));
  note("streams in order", "squad", "operation", found(operation, /(\d+ of \d+) streams in order/));
  await read(page, `${squad.path}/settings`);
  const margin = plain((await page.locator("#settings-margin option:checked").textContent()) ?? "");
  note("chance rate of brief before data", "any", "settings, margin", found(margin, /by chance ([\d.–]+) %/));
  const drift = plain(await page.locator("#settings-drift-hint").innerText());
  note("chance rate of brief before data", "any", "settings, drift", found(drift, /By chance ([\d.–]+) %/));
}

export async function readAlerts(page: Page, squad: Squad, { note }: Ledger, rows: Row[]): Promise<void> {
  const text = await read(page, `${squad.path}/alerts`);
  const chosen = plain(await page.locator(".preset-row[data-chosen]").innerText());
  const preset = await page.locator("input[name=preset]:checked").inputValue();
  const file = (await csvOf(page, `${squad.path}/alerts/csv`)).filter((line) => line.preset === preset);
  const rate = (name: string) => file.find((line) => line.rate === name && line.athlete === "");
  const table = (await page.locator(".alerts-scroll tbody tr").allTextContents()).map(plain);
  note("athletes", "squad", "alerts", found(text, /squad: (\d+) athletes/));
  note(
    "chance rate",
    "squad",
    "alerts",
    found(chosen, /fires on ([\d.–]+) % of athlete-days by chance(?!,)/),
  );
  note("e-mails of the back-test", "squad", "alerts", found(chosen, /(\d+) e-mails?/));
  note("e-mails of the back-test", "squad", "alerts CSV", rate("mails")?.own);
  note("e-mails of the back-test", "squad", "alerts, sentence", found(text, /would have had (\d+) e-mails?/));
  const perWeek = found(chosen, /([\d.]+) a week/);
  note("e-mails a week of the back-test", "squad", "alerts", perWeek);
  note("e-mails a week of the back-test", "squad", "alerts CSV", asShown(perWeek, rate("mailsPerWeek")?.own));
  expect(table.length).toBeGreaterThan(5);
  const share = rate("flaggedShare");
  const percent = (end: string | undefined) => (100 * Number(end)).toFixed(1);
  note("chance rate to a tenth", "squad", "alerts", found(chosen, /fires on ([\d.–]+) %/));
  note(
    "chance rate to a tenth",
    "squad",
    "alerts CSV",
    `${percent(share?.chance_low)}–${percent(share?.chance_high)}`,
  );
  for (const { name } of rows) {
    note("episodes of the back-test", name, "alerts", found(text, new RegExp(`${name}\\s+(\\d+)\\s`)));
    const line = file.find((one) => one.rate === "episodes" && one.athlete === name);
    note("episodes of the back-test", name, "alerts CSV", line?.own);
  }
}

/** The squad as one population: its athletes' z of today, and today's line in words, table and file. */
export async function readAnalysis(page: Page, squad: Squad, { note }: Ledger): Promise<void> {
  const text = await read(page, `${squad.path}/analysis`);
  const place = "analysis";
  const rows = await page
    .locator("section[aria-labelledby^=against] tbody tr")
    .evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll("th, td")].map((cell) => (cell as HTMLElement).innerText)),
    );
  for (const [name = "", z] of rows.map((cells) => cells.map(plain)))
    note("z", name, place, z === "–" ? undefined : z);
  note("judged today", "squad", place, found(text, /\d+ of (\d+) athletes (?:is|are) below/));
  note("below their band today", "squad", place, found(text, /(\d+) of \d+ athletes (?:is|are) below/));
  const table = await read(page, `${squad.path}/analysis?view=table`);
  const cells = (await page.locator(".analysis-table tbody tr").first().locator("td").allInnerTexts()).map(
    plain,
  );
  expect(table).toContain(cells[0] ?? "nothing");
  const today =
    (await csvOf(page, `${squad.path}/analysis/csv?days=60`)).find(({ date }) => date === squad.today) ?? {};
  note("judged today", "squad", "analysis, table", cells[0]);
  note("judged today", "squad", "analysis CSV", today.athletes);
  note("median z", "squad", "analysis, table", cells[1]);
  note("median z", "squad", "analysis CSV", asShown(cells[1], today.z_median));
  note("share below", "squad", "analysis, table", cells[6]);
  const share = 100 * Number(today.share_below);
  note("share below", "squad", "analysis CSV", `${Math.round(share)} %`);
}
