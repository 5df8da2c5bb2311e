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

/** Makes a squad and renames it; its id. */
async function makeAndRenameSquad(page: Page, appUrl: string): Promise<string> {
  const name = `Behind a proxy ${Date.now()}`;
  await page.goto(`${appUrl}/squads`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make squad" }).click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  const id = new URL(page.url()).pathname.split("/")[2] ?? "";
  await page.goto(`${appUrl}/squads/${id}/settings`);
  await page.getByLabel("Name", { exact: true }).fill(`${name}, renamed`);
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(`${name}, renamed`);
  return id;
}

const NOTE = "slept well, ".repeat(13);

/** A table of morning readings nearly as large as Restday takes: 680 kB. */
function largeTable(): Buffer {
  const lines = Array.from({ length: 3_600 }, (_, at) => {
    const day = new Date(Date.now() - (at + 1) * 86_400_000).toISOString().slice(0, 10);
    return `${day};61,5;48;"${NOTE}"`;
  });
  return Buffer.from(["date;rMSSD;HR;notes", ...lines].join("\r\n"));
}

/** Invites somebody by a button, uploads readings of theirs, looks at them and stores them. */
async function uploadReadings(page: Page, at: { appUrl: string; squadId: string }): Promise<void> {
  await page.goto(`${at.appUrl}/squads/${at.squadId}/athletes`);
  const send = page.getByRole("button", { name: "Invite", exact: true });
  const form = page.locator("form").filter({ has: send });
  await form.getByLabel("Name", { exact: true }).fill("Uploaded For");
  await send.click();
  const link = page.getByLabel("Invitation link for Uploaded For");
  await expect(link).toBeVisible();
  expect(await link.inputValue()).toContain(`${at.appUrl}/invite/`);
  const athleteId = await page.locator("input[name=athleteId]").first().inputValue();
  await page.goto(`${at.appUrl}/athletes/${athleteId}/readings`);
  const part = page.getByRole("region", { name: "Upload a table" });
  const file = { name: "mornings.csv", mimeType: "text/csv", buffer: largeTable() };
  await part.locator("input[type=file]").setInputFiles(file);
  await part.getByRole("button", { name: "Preview" }).click();
  await part.getByRole("button", { name: /^Store/ }).click();
  await expect(part.getByText(/readings stored/)).toBeVisible({ timeout: 60_000 });
}

/** Posts a form to a route of its own, as the page's button does: the theme, which a cookie keeps. */
async function chooseTheme(page: Page, appUrl: string): Promise<void> {
  await page.goto(`${appUrl}/squads`);
  const status = await page.evaluate(async () => {
    const body = new URLSearchParams({ theme: "dark", next: "/squads" });
    return (await fetch("/preferences", { method: "POST", body })).status;
  });
  expect(status).toBe(200);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
}

/**
 * Signs in, presses the buttons of server actions, uploads a large file and posts to a route; then presses one more button
 * in a browser that runs no scripts.
 */
export async function pressButtons(browser: Browser, appUrl: string): Promise<void> {
  await visit(browser, {}, async (page) => {
    await signIn(page, appUrl);
    await repairWebhook(page, appUrl);
    const squadId = await makeAndRenameSquad(page, appUrl);
    await uploadReadings(page, { appUrl, squadId });
    await chooseTheme(page, appUrl);
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
