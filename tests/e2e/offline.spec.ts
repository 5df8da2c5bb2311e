import { expect, type Page } from "@playwright/test";
import { connect, invite, makeSquad, newcomer, signIn } from "./support/people";
import { openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());

test("a coach without a network is told since when, and gets fresh data when it is back", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const squadUrl = await makeSquad(page, `Offline ${Date.now()}`);
  const olga = newcomer("Olga");
  await connect(browser, await invite(page, { name: olga.name }), olga);
  await page.goto(squadUrl);
  await expect(page.getByRole("link", { name: olga.name })).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(/^No network since \d\d:\d\d\. What you see may be out of date/)).toBeVisible();
  await database`update athletes set name = 'Olga Renamed' where name = ${olga.name}`;
  await page.context().setOffline(false);
  await expect(page.getByRole("link", { name: "Olga Renamed" })).toBeVisible();
  await expect(page.getByText(/^No network since/)).toHaveCount(0);
});

/** Waits until the browser has the page it shows without a network. */
async function untilKept(page: Page) {
  await expect
    .poll(() =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state ?? "none"),
    )
    .toBe("activated");
}

/** Addresses of everything in the browser's own stores that a worker can fill. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
    const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
    return requests.map(({ url }) => new URL(url).pathname + new URL(url).search);
  });
}

test("a page opened without a network says so in the reader's language and theme, and opens when it is back", async ({
  browser,
}) => {
  const context = await browser.newContext({ locale: "fi-FI" });
  await context.addCookies([{ name: "theme", value: "dark", url: product.origin }]);
  const page = await context.newPage();
  await page.goto(`${product.origin}/methods`);
  await untilKept(page);
  await context.setOffline(true);
  await page.goto(`${product.origin}/sign-in`);
  await expect(page.getByRole("heading", { name: "Ei verkkoyhteyttä" })).toBeVisible();
  await expect(page.locator("html[lang=fi-FI][data-theme=dark]")).toHaveCount(1);
  expect(page.url()).toBe(`${product.origin}/sign-in`);
  await context.setOffline(false);
  await page.getByRole("link", { name: "Yritä uudelleen" }).click();
  await expect(page.getByRole("button", { name: "Lähetä linkki" })).toBeVisible();
});

test("of all pages that were looked at, the browser keeps the offline page only", async ({ page }) => {
  await signIn(page);
  await untilKept(page);
  const squad = page.getByRole("main").getByRole("link", { name: "Fjordline distance squad", exact: true });
  await squad.click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  await page.reload();
  await page.goto(`${product.origin}/methods`);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const page404 = await page.goto(`${product.origin}/nowhere`);
  expect(page404?.fromServiceWorker(), "pages pass through the worker").toBe(true);
  const found = await kept(page);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^\/offline\?locale=en-GB&theme=system&version=/);
});
