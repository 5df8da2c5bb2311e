import { expect, type Page } from "@playwright/test";
import { signIn } from "./support/people";
import { product } from "./support/product";
import { test } from "./support/test";

const header = (page: Page, name: string) => page.getByRole("columnheader", { name, exact: true });

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
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await signIn(page);
  await page.goto(`${product.origin}/squads`);
  await page.getByRole("main").getByRole("link", { name: "Fjordline distance squad", exact: true }).click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  const squad = new URL(page.url()).pathname;
  await page.goto(`${product.origin}${squad}?sort=name`);
  for (const shown of ["z", "Sleep", "Recharge"]) await expect(header(page, shown)).toBeVisible();
  const whole = await csvHead(page, squad);

  await choose(page, ["z", "Sleep"]);
  await expect(page.getByText("Columns: 2 hidden")).toBeVisible();
  expect(page.url()).toBe(`${product.origin}${squad}?sort=name`);
  for (const hidden of ["z", "Sleep"]) await expect(header(page, hidden)).toHaveCount(0);
  await expect(header(page, "Recharge")).toBeVisible();
  const [box, last] = await Promise.all([
    page.locator(".squad-box").boundingBox(),
    page.locator("tr.row > .ak").first().boundingBox(),
  ]);
  expect((last?.x ?? 0) + (last?.width ?? 0), "the columns fill the table").toBeGreaterThan(
    (box?.width ?? 0) - 40,
  );
  await page.goto(product.origin + squad);
  await expect(page.locator("td.z").first()).toBeHidden();
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("td.sl").first()).toBeHidden();
  await page.emulateMedia({ media: null });
  expect(await csvHead(page, squad)).toBe(whole);

  await choose(page, ["z", "Sleep"]);
  for (const shown of ["z", "Sleep"]) await expect(header(page, shown)).toBeVisible();
});
