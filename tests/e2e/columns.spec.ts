import { expect, type Page } from "@playwright/test";
import { signIn } from "./support/people";
import { openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());

const header = (page: Page, name: string) => page.getByRole("columnheader", { name, exact: true });

async function openSquad(page: Page): Promise<string> {
  await signIn(page);
  await page.goto(`${product.origin}/squads`);
  await page.getByRole("main").getByRole("link", { name: "Fjordline distance squad", exact: true }).click();
  // The page of a squad without athletes sends elsewhere: the demonstration's are still joining.
  await expect(page.locator("tr[data-level]").first()).toBeVisible({ timeout: 120_000 });
  return new URL(page.url()).pathname;
}

async function choose(page: Page, columns: readonly string[]) {
  await page.locator("summary").filter({ hasText: "Columns" }).press("Enter");
  for (const column of columns)
    await page.getByRole("checkbox", { name: column, exact: true }).press("Space");
  await page.getByRole("button", { name: "Show these" }).press("Enter");
}

async function csvHead(page: Page, squad: string): Promise<string | undefined> {
  const answer = await page.request.get(`${product.origin}/api/exports${squad}/morning`);
  expect(answer.ok()).toBe(true);
  return (await answer.text()).split("\n")[0];
}

test("columns are hidden by choice and by keyboard, stay hidden on screen and paper, and the CSV keeps all", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1600, height: 900 } });
  const page = await context.newPage();
  const squad = await openSquad(page);
  await page.goto(`${product.origin}${squad}?sort=name`);
  for (const shown of ["z", "Sleep", "Recharge"]) await expect(header(page, shown)).toBeVisible();
  const whole = await csvHead(page, squad);

  await choose(page, ["z", "Sleep"]);
  await expect(page.getByText("Columns: 2 hidden")).toBeVisible();
  expect(page.url()).toBe(`${product.origin}${squad}?sort=name`);
  for (const hidden of ["z", "Sleep"]) await expect(header(page, hidden)).toHaveCount(0);
  await expect(header(page, "Recharge")).toBeVisible();
  const [box, last] = await Promise.all([
    page
      .getByRole("table")
      .filter({ has: page.locator("tr[data-level]") })
      .locator("..")
      .boundingBox(),
    page.locator("tr[data-level] > [data-column=coach]").first().boundingBox(),
  ]);
  expect((last?.x ?? 0) + (last?.width ?? 0), "the columns fill the table").toBeGreaterThan(
    (box?.width ?? 0) - 40,
  );
  await page.goto(product.origin + squad);
  await expect(page.locator("td[data-column=z]").first()).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("td[data-column=sleep]").first()).toBeHidden();
  await page.emulateMedia({ media: null });
  expect(await csvHead(page, squad)).toBe(whole);

  await choose(page, ["z", "Sleep"]);
  for (const shown of ["z", "Sleep"]) await expect(header(page, shown)).toBeVisible();
});

test("the morning check-in stands beside the figures: as marks, in words, on a phone, on paper and in the CSV", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1600, height: 900 } });
  const page = await context.newPage();
  const squad = await openSquad(page);
  const [one, other] = await database<{ id: string; name: string; date: string; team: string }[]>`
    select a.id, a.name, a.team_id as team, (now() at time zone s.time_zone)::date::text as date
    from athletes a join squads s on s.id = a.squad_id
    where s.id = ${squad.split("/").at(-1) ?? ""} and a.stopped_at is null order by a.name limit 2`;
  if (!one || !other) throw new Error("The demonstration has no athletes");
  const before = await database`
    delete from check_ins where athlete_id in (${one.id}, ${other.id}) and date = ${one.date}::date returning *`;
  await database`
    insert into check_ins (team_id, athlete_id, date, sleep_quality, fatigue, soreness, life_stress, tags, answered_at)
    values (${one.team}, ${one.id}, ${one.date}, 3, 6, null, 1, '{}', now())`;
  try {
    await page.goto(product.origin + squad);
    await expect(header(page, "Check-in")).toBeVisible();
    await expect(header(page, "Check-in").getByRole("link")).toHaveCount(0);
    const row = (name: string) =>
      page
        .locator("tr[data-level]")
        .filter({ has: page.getByRole("rowheader", { name: new RegExp(`^${name}`) }) });
    const marks = row(one.name).getByRole("img", {
      name: "Sleep 3, fatigue 6, soreness not answered, stress 1",
    });
    await expect(marks).toBeVisible();
    // Figures, not colour: what was left out is a dash.
    await expect(marks.locator("text")).toHaveText("36–1");
    await expect(row(other.name).locator("td[data-column=checkIn]")).toHaveText("No answer");

    await page.emulateMedia({ media: "print" });
    await expect(marks).toBeVisible();
    await page.emulateMedia({ media: null });

    await page.setViewportSize({ width: 390, height: 844 });
    await expect(marks).toBeVisible();
    const { width } = (await row(one.name).boundingBox()) ?? { width: 0 };
    const cell = await row(one.name).locator("td[data-column=checkIn]").boundingBox();
    expect(cell?.width, "the marks fit into the card").toBeLessThanOrEqual(width);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1600, height: 900 });

    const file = await page.request.get(`${product.origin}/api/exports${squad}/morning`);
    const [head = "", ...lines] = (await file.text()).trimEnd().split("\r\n");
    const first = head.split(",").indexOf("sleep_quality_1_good_7_bad");
    const line = lines.find((of) => of.includes(`,${one.name},`)) ?? "";
    expect(line.split(",").slice(first, first + 4)).toEqual(["3", "6", "", "1"]);

    await choose(page, ["Morning check-in"]);
    await expect(page.getByText("Columns: 1 hidden")).toBeVisible();
    await expect(header(page, "Check-in")).toHaveCount(0);
    await expect(page.locator("td[data-column=checkIn]")).toHaveCount(0);
    await choose(page, ["Morning check-in"]);
    await expect(header(page, "Check-in")).toBeVisible();
  } finally {
    await database`delete from check_ins where athlete_id in (${one.id}, ${other.id}) and date = ${one.date}::date`;
    if (before.length > 0) await database`insert into check_ins ${database(before)}`;
  }
});
