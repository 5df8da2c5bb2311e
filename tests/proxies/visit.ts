import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";

type Options = Parameters<Browser["newContext"]>[0];

/** Certificates of this run are made for it, and no browser knows who signed them. */
async function visit(browser: Browser, options: Options, act: (page: Page) => Promise<void>): Promise<void> {
  const context: BrowserContext = await browser.newContext({
    ignoreHTTPSErrors: true,
    locale: "en-GB",
    ...options,
  });
  try {
    await act(await context.newPage());
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, appUrl: string): Promise<void> {
  await page.goto(`${appUrl}/sign-in`);
  await page.getByRole("button", { name: "Sign in to the demonstration" }).click();
  await page.waitForURL(`${appUrl}/squads**`);
}

/** The page offers to repair the webhook, or to create it where Polar could not call it so far. */
const REPAIR = /^(Check and repair|Create)$/;

/** Presses the button; where Polar's simulator reaches the webhook, waits for the one that was made after the start. */
async function repairWebhook(page: Page, appUrl: string): Promise<void> {
  const called = !appUrl.startsWith("https:");
  const repair = page.getByRole("button", { name: called ? "Check and repair" : REPAIR });
  await expect(async () => {
    await page.goto(`${appUrl}/operate`);
    await expect(repair).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 90_000 });
  await repair.click();
  await page.waitForURL(`${appUrl}/operate?said=**`);
  if (called)
    await expect(page.getByText("The webhook is in order; nothing had to be changed.")).toBeVisible();
}

async function makeAndRenameSquad(page: Page, appUrl: string): Promise<void> {
  const name = `Behind a proxy ${Date.now()}`;
  await page.goto(`${appUrl}/squads`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make squad" }).click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  const id = new URL(page.url()).pathname.split("/")[2];
  await page.goto(`${appUrl}/squads/${id}/settings`);
  await page.getByLabel("Name", { exact: true }).fill(`${name}, renamed`);
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(`${name}, renamed`);
}

/** Signs in, presses the buttons of server actions, then one more in a browser that runs no scripts. */
export async function pressButtons(browser: Browser, appUrl: string): Promise<void> {
  await visit(browser, {}, async (page) => {
    await signIn(page, appUrl);
    await repairWebhook(page, appUrl);
    await makeAndRenameSquad(page, appUrl);
    const cookies = await page.context().cookies(appUrl);
    expect(cookies.some(({ name }) => /coach/.test(name))).toBe(true);
    for (const { name, secure } of cookies.filter(({ name }) => /coach/.test(name)))
      expect([name, secure]).toEqual([name, appUrl.startsWith("https:")]);
    const storageState = await page.context().storageState();
    await visit(browser, { storageState, javaScriptEnabled: false }, (plain) => repairWebhook(plain, appUrl));
  });
}

/** Somebody who opens Restday at another address than `APP_URL` reads which setting is wrong, by form and by button. */
export async function meetRefusal(browser: Browser, of: { appUrl: string; other: string }): Promise<void> {
  await visit(browser, {}, async (page) => {
    await page.goto(`${of.other}/sign-in`);
    await page.getByRole("button", { name: "Sign in to the demonstration" }).click();
    await expect(page.getByText(`Open Restday at ${of.appUrl} and send it from there`)).toBeVisible();
    await expect(page.getByText("APP_URL")).toBeVisible();
    // Cookies belong to the host, not to its port: whoever signed in at the right address stays signed in.
    await signIn(page, of.appUrl);
    await page.goto(`${of.other}/operate`);
    await page.getByRole("button", { name: REPAIR }).click();
    await expect(page.getByText(`at another address than ${of.appUrl}`)).toBeVisible();
    await expect(page.getByText("APP_URL")).toBeVisible();
  });
}
