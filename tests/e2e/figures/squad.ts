import type { Page } from "@playwright/test";
import {
  asShown,
  type CsvRow,
  csvOf,
  dayOf,
  found,
  type Ledger,
  plain,
  read,
  weekdayBefore,
} from "../support/figures";
import type { Message } from "../support/mailbox";
import type { Squad } from "./still";

export type Row = { name: string; level: string; word: string; state: string } & Record<string, string>;

/** The rows of the squad's page. */
export async function rowsOf(page: Page): Promise<Row[]> {
  const rows: Record<string, string>[] = await page.locator("tr.row").evaluateAll((all) =>
    all.map((row) => {
      const text = (of: string) => {
        const element = row.querySelector<HTMLElement>(of);
        return element?.checkVisibility() ? element.innerText : "";
      };
      const cells = ["hv", "z", "tr", "lo", "rh", "sl", "re", "rv"].map((name) => [name, text(`td.${name}`)]);
      return {
        ...{
          name: text("th a"),
          state: text("th .sub"),
          word: text("td.lv"),
          id: row.querySelector("th a")?.getAttribute("href") ?? "",
        },
        level: /level-([\w-]+)/.exec(row.className)?.[1] ?? "",
        ...Object.fromEntries(cells),
      };
    }),
  );
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).map(([key, text]) => [key, plain(text)])) as Row,
  );
}

/** The charge stands before Polar's sleep charge: "−4.1 5/5". */
const ANS = /^([+−]?\d+\.\d)/;
export const MAILED = ["recovery", "flag", "unexplained"];
const sum = (counts: number[]) => String(counts.reduce((total, count) => total + count, 0));

export async function readSquadPage(page: Page, squad: Squad, { note }: Ledger): Promise<Row[]> {
  const text = await read(page, squad.path);
  const rows = await rowsOf(page);
  // The number ends where the words beside it begin: "To look at · 7" and "4 new this morning".
  const sections = (
    await page
      .locator("tr.section-head th")
      .evaluateAll((all) =>
        all.map((head) => `${head.firstChild?.textContent} | ${head.querySelector("span")?.textContent}`),
      )
  ).join("\n");
  const tiles = new Map(
    await page
      .locator("button[data-level]")
      .evaluateAll((all) =>
        all.map(
          (tile) =>
            [tile.getAttribute("data-level") ?? "", Number(tile.querySelector("b")?.textContent)] as const,
        ),
      ),
  );
  const tile = (...levels: string[]) => sum(levels.map((level) => tiles.get(level) ?? Number.NaN));
  note("athletes", "squad", "tiles", tile(...tiles.keys()));
  note("athletes to look at", "squad", "headline", found(text, /(\d+) athletes? to look at/));
  note("athletes to look at", "squad", "list", found(sections, /To look at · (\d+)/));
  note("new today", "squad", "headline", found(text, /: (\d+) new/));
  note("new today", "squad", "list", found(sections, /(\d+) new this morning/));
  note("continuing", "squad", "headline", found(text, /new, (\d+) continuing/));
  note("continuing", "squad", "list", found(sections, /new this morning, (\d+) continuing/));
  note("without a verdict", "squad", "tile", tile("no-verdict"));
  note("without a verdict", "squad", "list", found(sections, /No verdict · (\d+)/));
  note("on watch", "squad", "tile", tile("watch"));
  note("steady or high", "squad", "tiles", tile("steady", "high"));
  note("steady or high", "squad", "list", found(sections, /Nothing to do · (\d+)/));
  note("nights in", "squad", "headline", found(text, /Nights in (\d+ of \d+) expected/));
  note("nights in", "squad", "morning line", found(text, /with (\d+ of \d+) expected nights/));
  note("chance, athletes a morning", "squad", "headline", found(text, /Chance alone would put (.+?) here/));
  note("chance rate", "squad", "why", found(text, /([\d.–]+) % of athlete-days reach a mailed level/));
  note("needs action", "squad", "squad page", found(text, /Needs action (\d+) connection/) ?? "0");
  for (const row of rows) {
    const place = "squad page";
    note("level", row.name, place, row.word);
    note("level, in files", row.name, place, row.level);
    note("HRV", row.name, place, found(row.hv ?? "", /^(\d+)/));
    note("z", row.name, place, found(row.z ?? "", /^([+−]?[\d.]+)/));
    note("trend", row.name, place, found(row.tr ?? "", /([+−]?[\d.]+) s/));
    note("load 7 d", row.name, place, found(row.lo ?? "", /^(\d+)\b(?! of)/));
    note("load change", row.name, place, found(row.lo ?? "", /([+−]?\d+) %/));
    note("resting heart rate", row.name, place, found(row.rh ?? "", /^(\d+)/));
    note("sleep", row.name, place, found(row.sl ?? "", /^(\d+:\d\d)/));
    note("ANS charge", row.name, place, found(row.re ?? "", ANS));
    note("received", row.name, place, row.rv);
    const since = row.state === "new today" ? squad.today : dayOf(row.state, squad.today);
    if (/^(new today|day \d|rose)/.test(row.state)) note("episode since", row.name, place, since);
  }
  return rows;
}

export async function readMorningCsv(page: Page, squad: Squad, { note }: Ledger, rows: Row[]): Promise<void> {
  const file = await csvOf(page, `/api/exports${squad.path}/morning`);
  const place = "morning CSV";
  const count = (is: (row: CsvRow) => boolean) => String(file.filter(is).length);
  const listed = ({ level = "", grade }: CsvRow) => MAILED.includes(level) && grade === "firm";
  note("athletes", "squad", place, String(file.length));
  note("athletes to look at", "squad", place, count(listed));
  note(
    "without a verdict",
    "squad",
    place,
    count(({ level }) => level === "no-verdict"),
  );
  note(
    "on watch",
    "squad",
    place,
    count(({ level }) => level === "watch"),
  );
  note(
    "steady or high",
    "squad",
    place,
    count(({ level = "" }) => ["steady", "high"].includes(level)),
  );
  for (const line of file) {
    const row = rows.find(({ name }) => name === line.athlete);
    if (!row) continue;
    const shown = (text: string | undefined, pattern: RegExp, raw: string | undefined) =>
      asShown(found(text ?? "", pattern), raw);
    note("level, in files", row.name, place, line.level);
    note("HRV", row.name, place, shown(row.hv, /^(\d+)/, line.rmssd_ms));
    note("z", row.name, place, shown(row.z, /^([+−]?[\d.]+)/, line.z));
    note("trend", row.name, place, shown(row.tr, /([+−]?[\d.]+) s/, line.trend_s));
    if (line.load_known_days === "7")
      note("load 7 d", row.name, place, shown(row.lo, /^(\d+)/, line.load_7d));
    note("resting heart rate", row.name, place, shown(row.rh, /^(\d+)/, line.resting_hr_bpm));
    note("ANS charge", row.name, place, shown(row.re, ANS, line.ans_charge));
    if (listed(line)) note("episode since", row.name, place, line.episode_opened_on);
    note("baseline nights", row.name, place, line.baseline_nights);
    note("usual range", row.name, place, rangeOf(line));
  }
}

export const rangeOf = ({ baseline_from_ms: from, baseline_to_ms: to }: CsvRow) =>
  from && to ? `${Math.round(Number(from))}–${Math.round(Number(to))}` : undefined;

export async function readHeatmap(page: Page, squad: Squad, { note }: Ledger): Promise<void> {
  const text = await read(page, `${squad.path}/heatmap`);
  const place = "heatmap";
  note("chance rate", "squad", place, found(text, /Chance alone reaches ([\d.–]+) %/));
  const rows = await page.locator("table.heat tbody tr").evaluateAll((all) =>
    all.map((row) => ({
      name: (row.querySelector("th") as HTMLElement).innerText,
      today: [...row.querySelectorAll("td a")].at(-1)?.getAttribute("aria-label") ?? "",
      sums: [...row.querySelectorAll("td.heat-sum")].map((cell) => (cell as HTMLElement).innerText),
    })),
  );
  note("athletes", "squad", place, String(rows.length));
  const mornings = page.locator("table.heat td.heat-morning");
  note("athletes to look at", "squad", place, plain(await mornings.last().innerText()));
  for (const { name, today, sums } of rows) {
    const whose = plain(name);
    const [nights = "", flagged, load] = sums.map(plain);
    note("HRV", whose, place, found(today, /, (\d+) ms/));
    note("z", whose, place, found(today, /, z ([+−]?[\d.]+)/));
    note("level", whose, place, found(today, /^[^,]+, [^,]+, ([^,]+)/));
    note("nights of 28 days", whose, place, found(nights, /^(\d+)/));
    note("flagged days of 28", whose, place, flagged);
    note("load 28 d", whose, place, load === "–" ? undefined : load);
  }
  for (const line of await csvOf(page, `/api/exports${squad.path}/days?days=28`))
    if (line.date === squad.today) note("level, in files", line.athlete ?? "", "days CSV", line.level);
}

export function readMail({ subject, text }: Message, { today }: Squad, { note }: Ledger, rows: Row[]): void {
  const place = "e-mail";
  const words = plain(text.replaceAll("\r", ""));
  note(
    "athletes to look at",
    "squad",
    "e-mail's subject",
    found(subject, /^(\d+) athletes? to look at this morning$/),
  );
  const named = rows.filter(
    ({ name, word }) => words.includes(`${name} – ${word}`) || words.includes(`${name} continues`),
  );
  note("athletes to look at", "squad", "names in the e-mail", String(named.length));
  note("new today", "squad", place, found(words, /(\d+) new,/));
  note("continuing", "squad", place, found(words, /new, (\d+) continuing/));
  note("without a verdict", "squad", place, found(words, /(\d+) ha(?:s|ve) no verdict/));
  note("on watch", "squad", place, found(words, /(\d+) (?:is|are) on watch/));
  note("steady or high", "squad", place, found(words, /(\d+) (?:is|are) steady or high/));
  note("nights in", "squad", place, found(words, /with (\d+ of \d+) expected night/));
  note(
    "chance, athletes a morning",
    "squad",
    place,
    found(words, /this squad would see (.+?) athletes flagged/),
  );
  for (const { name, word } of named) {
    const own = words.split(`${name} – ${word}`)[1]?.split("http")[0] ?? "";
    note("level", name, place, word);
    note("HRV", name, place, found(own, /Today (\d+) ms/) ?? found(own, /HRV (\d+) ms today/));
    note("usual range", name, place, found(own, /usual (\d+–\d+)/));
    note("z", name, place, found(own, /below the usual \S+ \(z ([+−]?[\d.]+)\)/));
    note("trend", name, place, found(own, /over seven days \(([+−]?[\d.]+) s\)/));
    const rose = found(own, /load rose (\d+) %/);
    note("load change", name, place, rose && `+${rose}`);
    note("episode since", name, place, weekdayBefore(found(own, /Since (\w+)\./), today) ?? today);
  }
}
