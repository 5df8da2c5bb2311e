import type { Page } from "@playwright/test";
import { asShown, csvOf, dayOf, found, type Ledger, plain } from "../support/figures";
import { product } from "../support/product";
import { MAILED, type Row, rangeOf } from "./squad";
import type { Squad } from "./still";

/** Everything an athlete's page says of today, by its own labels. */
export function partsOf(page: Page) {
  return page.locator("main").evaluate((main) => {
    const text = (element: Element | null | undefined) =>
      element?.checkVisibility() ? (element as HTMLElement).innerText : "";
    const list = (of: string) =>
      Object.fromEntries(
        [...main.querySelectorAll(`${of} dt`)].map((dt) => [text(dt), text(dt.nextElementSibling)]),
      );
    const table = (of: string) =>
      Object.fromEntries(
        [...main.querySelectorAll(`${of} tbody tr`)].map((row) => [
          text(row.querySelector("th")).split("\n")[0]?.replace(/ R\d$/, "").trim() ?? "",
          [text(row.querySelector("th")), ...[...row.querySelectorAll("td")].map(text)].join(" | "),
        ]),
      );
    return {
      chip: text(main.querySelector(".athlete-head .chip")),
      facts: list(".athlete-facts"),
      night: list(".night-facts"),
      evidence: list("#evidence .facts"),
      rules: table("#evidence .evidence"),
      load: table("#load"),
      episode: text(main.querySelector("#episodes .entry-line")),
      why: text(main.querySelector("#evidence")),
    };
  });
}

/** An athlete's page as the coach sees it. */
export async function readAthlete(page: Page, row: Row, squad: Squad, { note }: Ledger): Promise<void> {
  const whose = row.name;
  await page.goto(product.origin + row.id);
  const parts = await partsOf(page);
  const of = (list: Record<string, string>, name: string, pattern: RegExp) =>
    found(plain(list[name] ?? ""), pattern);
  const { facts, night, evidence, rules, load } = parts;
  note("level", whose, "athlete's head", plain(parts.chip));
  note("HRV", whose, "athlete's head", of(facts, "HRV today", /^(\d+)/));
  note("usual range", whose, "athlete's head", of(facts, "Baseline", /^(\d+–\d+)/));
  note("7-day mean", whose, "athlete's head", of(facts, "7-day mean", /^(\d+)/));
  note("resting heart rate", whose, "athlete's head", of(facts, "Resting HR", /^(\d+)/));
  note("load 7 d", whose, "athlete's head", of(facts, "Load 7 d", /^(\d+)\b(?! of)/));
  note("load change", whose, "athlete's head", of(facts, "Load 7 d", /\(([+−]?\d+) %/));
  note("received", whose, "athlete's head", plain(facts.Received ?? ""));
  note("HRV", whose, "night", of(night, "HRV, 4 h", /^(\d+)/));
  note("resting heart rate", whose, "night", of(night, "Heart rate, 4 h", /^(\d+)/));
  note("sleep", whose, "night", of(night, "Asleep", /^(\d+:\d\d)/));
  note("ANS charge", whose, "night", of(night, "ANS charge", /^([+−]?[\d.]+)/));
  note("HRV", whose, "evidence", of(rules, "Low today", /\| (\d+) ms, z/));
  note("z", whose, "evidence", of(rules, "Low today", /z ([+−]?[\d.]+)/));
  note("trend", whose, "evidence", of(rules, "Falling over 7 days", /\| ([+−]?[\d.]+) s/));
  note("7-day mean", whose, "evidence", of(rules, "7-day mean low", /\| (\d+) ms/));
  note("7-day mean", whose, "evidence's means", of(evidence, "Means", /^7 d (\d+)/));
  note("usual range", whose, "evidence", of(evidence, "Baseline", /\((\d+–\d+)\)/));
  note("baseline nights", whose, "evidence", of(evidence, "Baseline", /(\d+) nights in/));
  note("load 7 d", whose, "evidence", of(rules, "Load rising", /\| (\d+) vs/));
  note("load of the week before", whose, "evidence", of(rules, "Load rising", /vs (\d+)/));
  note("load change", whose, "evidence", of(rules, "Load rising", /\(([+−]?\d+) %/));
  note("EWMA 7 and 28", whose, "evidence", of(rules, "Load rising", /EWMA (\d+ vs \d+)/));
  note("load 7 d", whose, "load", of(load, "Sum", /Sum \| (\d+)/));
  note("load 28 d", whose, "load", of(load, "Sum", /^Sum \| [^|]+\| (\d+)/));
  note("load of the week before", whose, "load", of(load, "Week on week", /after (\d+)/));
  note("load change", whose, "load", of(load, "Week on week", /\| ([+−]?\d+) %/));
  note(
    "EWMA 7 and 28",
    whose,
    "load",
    of(load, "Weighted mean (EWMA)", /\| (\d+ \| \d+)/)?.replace(" | ", " vs "),
  );
  note(
    "chance rate",
    "squad",
    `why of ${whose}`,
    found(plain(parts.why), /([\d.–]+) % of athlete-days reach a mailed/),
  );
  if (/^(new|day|rose)/.test(row.state))
    note(
      "episode since",
      whose,
      "athlete's episodes",
      dayOf(found(plain(parts.episode), /since (.+)/), squad.today),
    );
}

/** The row of today in the athlete's table of days. */
export async function readAthleteDays(page: Page, row: Row, { note }: Ledger): Promise<void> {
  const whose = row.name;
  await page.goto(`${product.origin}${row.id}?view=table`);
  const table = page.locator(".day-table table");
  const heads = (await table.locator("thead th").allInnerTexts()).map(plain);
  const cells = (await table.locator("tbody tr").first().locator("th, td").allInnerTexts()).map(plain);
  const shown = (head: string) => cells[heads.indexOf(head)] ?? "";
  const place = "table of days";
  const value = (figure: string, head: string) =>
    note(figure, whose, place, shown(head) === "–" ? undefined : shown(head));
  value("HRV", "HRV ms");
  value("z", "z");
  value("7-day mean", "7-day mean");
  value("resting heart rate", "Rest. HR");
  value("ANS charge", "ANS");
  value("usual range", "Usual ms");
  value("sleep", "Sleep");
  note("level", whose, place, shown("Level"));
  note("EWMA 7 and 28", whose, place, `${shown("EWMA 7")} vs ${shown("EWMA 28")}`);
}

/** The athlete's file, whose numbers are those shown so far, rounded. */
export async function readAthleteFile(page: Page, row: Row, { note, shownOf }: Ledger): Promise<void> {
  const whose = row.name;
  const place = "athlete's CSV";
  const file = await csvOf(page, `/api/exports${row.id}?days=90`);
  const today = file.at(-1) ?? {};
  const same = (figure: string, column: string) =>
    note(figure, whose, place, asShown(shownOf(figure, whose), today[column]));
  same("HRV", "rmssd_ms");
  same("z", "z");
  same("7-day mean", "mean7_ms");
  same("resting heart rate", "resting_hr_bpm");
  same("ANS charge", "ans_charge");
  note("usual range", whose, place, rangeOf(today));
  note("level, in files", whose, place, today.level);
  const month = file.slice(-28);
  const isIn = ({ valid, suspect }: (typeof file)[number]) => valid === "1" || suspect === "1";
  note("nights of 28 days", whose, place, String(month.filter(isIn).length));
  const isFlagged = ({ level = "", grade }: (typeof file)[number]) =>
    MAILED.includes(level) && grade === "firm";
  note("flagged days of 28", whose, place, String(month.filter(isFlagged).length));
}
