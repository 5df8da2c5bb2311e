import { type Browser, expect, type Page } from "@playwright/test";
import { readAthlete, readAthleteDays, readAthleteFile } from "./figures/athlete";
import { readOwnPage } from "./figures/own-page";
import { readAlerts, readAnalysis, readOtherPages } from "./figures/settings";
import { type Row, readHeatmap, readMail, readMorningCsv, readSquadPage } from "./figures/squad";
import {
  database,
  demonstrationSquad,
  emailsOf,
  type Squad,
  standsStill,
  stateOf,
  tellAnew,
} from "./figures/still";
import { inPlaces, type Ledger, ledger, read } from "./support/figures";
import { invite, makeSquad, signIn } from "./support/people";
import { test } from "./support/test";

/** One thing, one number: figures that stand in more than one place (docs/contribute/figures.md) are read from each and compared. */

test.afterAll(() => database.end());

/** Places in which each figure must have been found, at least for one athlete: a page that is read no more is noticed. */
const PLACES = {
  athletes: 7,
  "chance rate": 6,
  connected: 2,
  "needs action": 2,
  "streams in order": 2,
  "athletes to look at": 6,
  "new today": 3,
  continuing: 3,
  "without a verdict": 4,
  "on watch": 3,
  "steady or high": 4,
  "nights in": 3,
  "chance, athletes a morning": 2,
  "chance rate to a tenth": 2,
  "chance rate of brief before data": 3,
  "e-mails of the back-test": 3,
  "e-mails a week of the back-test": 2,
  "episodes of the back-test": 2,
  level: 5,
  "level, in files": 4,
  HRV: 9,
  z: 7,
  "usual range": 6,
  "baseline nights": 2,
  "7-day mean": 5,
  trend: 4,
  "load 7 d": 5,
  "load of the week before": 2,
  "load change": 5,
  "load 28 d": 2,
  "EWMA 7 and 28": 3,
  "resting heart rate": 6,
  sleep: 3,
  "ANS charge": 5,
  received: 2,
  "episode since": 4,
  "nights of 28 days": 2,
  "flagged days of 28": 2,
};

/** Levels of which one athlete's pages are read; everybody's are compared by the squad's pages and by files. */
const LEVELS = ["recovery", "flag", "unexplained", "watch", "steady", "high", "no-verdict"];

/** One athlete of each level and the one with the shortest baseline; which ones changes with the day. */
function someOf(rows: readonly Row[], { shownOf }: Ledger, seed: string): Row[] {
  const turn = (of: string) =>
    [...(seed + of)].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 7);
  const chosen = LEVELS.flatMap((level) => {
    const those = rows.filter((row) => row.level === level);
    return those[turn(level) % Math.max(1, those.length)] ?? [];
  });
  const nights = (row: Row) => Number(shownOf("baseline nights", row.name) ?? 0);
  const newest = rows.toSorted((a, b) => nights(a) - nights(b)).find((row) => nights(row) > 0);
  return [...new Set([...chosen, ...(newest ? [newest] : [])])];
}

/** The same pages as they are printed. */
async function readPaper(page: Page, squad: Squad, all: Ledger, some: readonly Row[]): Promise<void> {
  const paper = inPlaces(all, "on paper");
  await page.emulateMedia({ media: "print" });
  await readSquadPage(page, squad, paper);
  await readHeatmap(page, squad, paper);
  await readAnalysis(page, squad, paper);
  for (const row of some.slice(0, 2)) {
    await readAthlete(page, row, squad, paper);
    await readAthleteDays(page, row, paper);
  }
  await page.emulateMedia({ media: null });
}

async function readEverything(page: Page, browser: Browser, squad: Squad): Promise<Ledger> {
  const all = ledger();
  const mail = await tellAnew(squad);
  const rows = await readSquadPage(page, squad, all);
  expect(rows).toHaveLength(24);
  readMail(mail, squad, all, rows);
  await readMorningCsv(page, squad, all, rows);
  const some = someOf(rows, all, squad.today);
  await readHeatmap(page, squad, all);
  await readAlerts(page, squad, all, rows);
  await readOtherPages(page, squad, all);
  await readAnalysis(page, squad, all);
  const emails = await emailsOf(squad);
  for (const row of some) {
    await readAthlete(page, row, squad, all);
    await readAthleteDays(page, row, all);
    await readOwnPage(browser, { row, email: emails.get(row.name) ?? "", squad, ledger: all });
  }
  for (const row of rows) await readAthleteFile(page, row, all);
  await readPaper(page, squad, all, some);
  return all;
}

test("one thing is one number: pages, files, paper, the athletes' own pages and the morning's e-mail of the demonstration squad", async ({
  page,
  browser,
}) => {
  test.setTimeout(600_000);
  await signIn(page);
  const squad = await demonstrationSquad();
  for (let tries = 1; ; tries++) {
    const before = await standsStill(squad.id);
    const all = await readEverything(page, browser, squad);
    const { state } = await stateOf(squad.id);
    // Something came in between: what was read first is not of the same data.
    if (state !== before && tries < 3) continue;
    expect(state).toBe(before);
    all.expectOneValue(PLACES);
    return;
  }
});

test("who waits is counted alike on the list of squads and on the squad's page", async ({ page }) => {
  await signIn(page);
  const name = `Waiting ${Date.now()}`;
  await makeSquad(page, name);
  for (const athlete of ["Ada One", "Bea Two"]) await invite(page, { name: athlete });
  await page.reload();
  const waiting = await page.getByRole("region", { name: "Waiting" }).getByRole("listitem").count();
  expect(waiting).toBe(2);
  const squads = await read(page, "/squads");
  expect(squads).toMatch(new RegExp(`${name}\\s+no athletes\\s+${waiting} waiting`));
});
