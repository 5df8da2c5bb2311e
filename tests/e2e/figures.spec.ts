import { expect, type Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { mailTo } from "./support/mailbox";
import { coach, signIn } from "./support/people";
import { product } from "./support/product";
import { test } from "./support/test";

/** One thing, one number: figures that stand in more than one place are read from each and compared. */

const first = (text: string, pattern: RegExp) =>
  Number(text.replaceAll(/[\u2009\u202f\s]+/g, " ").match(pattern)?.[1]);
const plain = async (page: Page) => (await page.locator("main").innerText()).replaceAll("\u2009", "");

async function demonstrationSquad(page: Page): Promise<string> {
  await signIn(page);
  await page.goto(`${product.origin}/squads`);
  const link = page
    .getByRole("main")
    .getByRole("link", { name: /distance squad$/ })
    .first();
  return (await link.getAttribute("href")) ?? "";
}

async function csvOf(page: Page, path: string): Promise<Record<string, string>[]> {
  const response = await page.request.get(product.origin + path);
  expect(response.ok()).toBe(true);
  return parse(await response.text(), { columns: true, bom: true });
}

test("the morning's numbers are the same on the page, in the list's titles, the CSV and the e-mail", async ({
  page,
}) => {
  const squad = await demonstrationSquad(page);
  await page.goto(product.origin + squad);
  const text = await plain(page);
  const listed = first(text, /(\d+) athletes? to look at/);
  const fresh = first(text, /: (\d+) new/);
  const continuing = first(text, /new, (\d+) continuing/);
  expect(fresh + continuing).toBe(listed);
  expect(first(text, /To look at · (\d+)/)).toBe(listed);
  expect(first(text, /To look at · \d+ (\d+) new/)).toBe(fresh);
  const rows = await csvOf(page, `/api/exports${squad}/morning`);
  const mailed = rows.filter(
    ({ level, grade }) => ["recovery", "flag", "unexplained"].includes(level ?? "") && grade === "firm",
  );
  expect(mailed).toHaveLength(listed);
  const counts = (await page.locator("button[data-level] b").allInnerTexts()).map(Number);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(rows.length);
  const mail = await mailTo(coach, /to look at/);
  expect(first(mail.subject, /^(\d+)/)).toBe(listed);
});

test("athletes, streams and loads are counted alike on every page", async ({ page }) => {
  const squad = await demonstrationSquad(page);
  const athletes = (await csvOf(page, `/api/exports${squad}/morning`)).length;
  await page.goto(`${product.origin}${squad}/athletes`);
  expect(first(await plain(page), /In this squad · (\d+)/)).toBe(athletes);
  await page.goto(`${product.origin}${squad}/connections`);
  const connections = await plain(page);
  expect(first(connections, /All · (\d+)/)).toBe(athletes);
  const streams = [
    first(connections, /Streams in order (\d+) of/),
    first(connections, /Streams in order \d+ of (\d+)/),
  ];
  await page.goto(`${product.origin}/operate`);
  const operation = await plain(page);
  const [, inOrder, of] =
    operation.match(/distance squad \d+ athletes connected, (\d+) of (\d+) streams in order/) ?? [];
  expect([Number(inOrder), Number(of)]).toEqual(streams);
  await page.goto(`${product.origin}${squad}/heatmap`);
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") })
    .first();
  const name = await row.getByRole("rowheader").innerText();
  const cells = await row.getByRole("cell").allInnerTexts();
  const load28 = cells.at(-1)?.replaceAll("\u2009", "");
  await page.goto(product.origin + squad);
  const morning = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name }) })
    .first();
  const load7 = (await morning.locator("td.lo").innerText()).replaceAll("\u2009", "").match(/\d+/)?.[0];
  await morning.getByRole("link", { name }).first().click();
  await page.waitForURL(/\/athletes\//);
  const sums = page.getByRole("row", { name: /^Sum/ });
  expect((await sums.getByRole("cell").allInnerTexts()).map((cell) => cell.replaceAll("\u2009", ""))).toEqual(
    [load7, load28],
  );
  expect(
    (
      await page
        .getByText(/^Load 7 d/)
        .locator("..")
        .innerText()
    ).replaceAll("\u2009", ""),
  ).toContain(load7);
});

test("the rate that chance gives is one rate", async ({ page }) => {
  const squad = await demonstrationSquad(page);
  await page.goto(`${product.origin}${squad}/heatmap`);
  const heatmap = (await plain(page)).match(/Chance alone reaches ([\d.–]+) %/)?.[1];
  expect(heatmap).toBeTruthy();
  await page.goto(product.origin + squad);
  const why = (await plain(page)).match(/([\d.–]+) % of athlete-days reach a mailed level/)?.[1];
  expect(why).toBe(heatmap);
  await page.goto(`${product.origin}${squad}/alerts`);
  const rates = await plain(page);
  expect(rates).toContain(`fires on ${heatmap} % of athlete-days by chance`);
});
