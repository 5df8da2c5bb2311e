import { type Browser, expect, type Page } from "@playwright/test";
import { englishOn } from "./support/english";
import { linkIn, mailTo } from "./support/mailbox";
import { authoriseAsNewcomer, signIn } from "./support/people";
import { product, until } from "./support/product";
import { test } from "./support/test";

const squadName = "Fjordline distance squad";

async function finnishBrowser(browser: Browser): Promise<Page> {
  return await (await browser.newContext({ locale: "fi-FI" })).newPage();
}

/** Visits pages and says what English is left on them. */
async function expectFinnish(page: Page, paths: readonly string[]): Promise<void> {
  const left: string[] = [];
  for (const path of paths) {
    await page.goto(product.origin + path);
    expect(await page.getAttribute("html", "lang"), path).toBe("fi-FI");
    left.push(...(await englishOn(page)).map((text) => `${path}  ${text}`));
  }
  expect(left).toEqual([]);
}

/** A Finnish coach of the demonstration's team, who owns it too and sees everything. */
async function finnishOwner(
  page: Page,
  browser: Browser,
  email = `laura.${Date.now()}@example.org`,
): Promise<Page> {
  await signIn(page);
  await page.goto(`${product.origin}/settings/team`);
  await page.getByLabel("E-mail address").fill(email);
  await page.locator("form[action='/settings/team/invite'] select[name=role]").selectOption("owner");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.waitForURL(/say=invited/);
  const coach = await finnishBrowser(browser);
  await coach.goto(linkIn(await mailTo(email, /invites you/), "/join/"));
  expect(await englishOn(coach)).toEqual([]);
  await coach.getByLabel("Nimesi").fill("Laura Mäkinen");
  await coach.getByRole("button", { name: /^Liity/ }).click();
  await coach.waitForURL(/\/squads$/);
  return coach;
}

async function hrefOf(page: Page, selector: string): Promise<string | undefined> {
  const link = page.locator(selector);
  return (await link.count()) > 0 ? ((await link.first().getAttribute("href")) ?? undefined) : undefined;
}

async function openSquad(page: Page): Promise<{ squad: string; athlete: string }> {
  await page.goto(`${product.origin}/squads`);
  await page.getByRole("main").getByRole("link", { name: squadName, exact: true }).click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  const athlete = await until("a scored athlete", 240, async () => {
    await page.reload();
    return hrefOf(
      page,
      "tr[data-level=recovery] a[href^='/athletes/'], tr[data-level=flag] a[href^='/athletes/']",
    );
  });
  return { squad: new URL(page.url()).pathname, athlete };
}

test("English is found where there is some: in text, in titles, in what is only read aloud", async ({
  page,
}) => {
  await page.goto(`${product.origin}/sign-in`);
  const found = (await englishOn(page)).join("\n");
  for (const key of ["auth.signIn.send", "auth.signIn.lead", "shell.skip", "auth.signIn.athlete"])
    expect(found).toContain(`${key}: `);
});

test("no English is left on a coach's Finnish pages", async ({ page, browser }) => {
  test.setTimeout(600_000);
  const coach = await finnishOwner(page, browser);
  const { squad, athlete } = await openSquad(coach);
  await coach.goto(`${product.origin}${athlete}`);
  const workout = await hrefOf(coach, "a[href*='/workouts/']");
  const payload = await hrefOf(coach, "a[href^='/payloads/']");
  const squadId = squad.split("/").at(-1);
  await expectFinnish(coach, [
    "/squads",
    squad,
    `${squad}?q=nobody-of-this-name`,
    ...["athletes", "start", "heatmap", "analysis", "alerts", "connections", "settings"].map(
      (part) => `${squad}/${part}`,
    ),
    `${squad}/heatmap?view=numbers`,
    `${squad}/analysis?view=table`,
    `${squad}/alerts?say=saved`,
    athlete,
    `${athlete}?view=table`,
    `${athlete}/body`,
    `${athlete}/readings`,
    `${athlete}/with/load-1`,
    ...[workout, payload].flatMap((path) => path ?? []),
    "/settings/team",
    "/settings/team?say=last-owner",
    `/invite/preview/${squadId}`,
    "/operate",
    athlete.replace("/athletes/", "/operate/athletes/"),
    "/squads/00000000-0000-4000-8000-000000000000",
  ]);
});

test("the reasons behind a row are in Finnish", async ({ page, browser }) => {
  const coach = await finnishOwner(page, browser);
  await openSquad(coach);
  await coach
    .getByRole("button", { name: /^Miksi: / })
    .first()
    .click();
  await coach.getByText("Pelkkä sattuma").first().waitFor();
  expect(await englishOn(coach)).toEqual([]);
});

test("no English is left on public pages, nor where a link has ended", async ({ browser }) => {
  const visitor = await finnishBrowser(browser);
  await expectFinnish(visitor, [
    "/",
    "/methods",
    "/methods/rules",
    "/sign-in",
    "/sign-in?say=bad-email",
    "/sign-in/check-mail",
    "/sign-in/link/forged",
    "/join/forged",
    "/claim/forged",
    "/mail/stop/forged/choice",
    "/invite/forged",
    "/me/open/forged",
    "/offline?locale=fi-FI",
    "/nowhere",
    ...[
      "denied",
      "taken",
      "provider-failed",
      "provider-busy",
      "address-changed",
      "address-kept",
      "start-again",
      "unknown",
      "check-mail",
      "bad-email",
      "signed-out",
    ].map((say) => `/me/sign-in?say=${say}`),
  ]);
});

test("no English is left on an athlete's Finnish pages, from the invitation on", async ({
  page,
  browser,
}) => {
  const coach = await finnishOwner(page, browser);
  await coach.getByLabel("Nimi", { exact: true }).fill(`Suomi ${Date.now()}`);
  await coach.getByRole("button", { name: "Luo ryhmä" }).click();
  await coach.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  const email = `aino.${Date.now()}@example.org`;
  await coach.getByLabel("Nimi", { exact: true }).fill("Aino Lehtonen");
  await coach.getByLabel("Sähköposti", { exact: true }).fill(email);
  await coach.getByRole("button", { name: "Kutsu", exact: true }).click();
  const invitation = linkIn(await mailTo(email, /kutsuu sinut jakamaan/), "/invite/");
  expect(await englishOn(coach)).toEqual([]);

  const athlete = await finnishBrowser(browser);
  const path = new URL(invitation).pathname;
  await expectFinnish(athlete, [`${path}?say=denied`, `${path}?say=changed`, path]);
  await athlete.getByLabel("Myös historia").check();
  await athlete.getByRole("button", { name: "Jatka Polariin" }).click();
  await athlete.waitForURL(`${product.simulator}/**`);
  await authoriseAsNewcomer(athlete, { first: "Aino", last: "Lehtonen", story: "steady" });
  await athlete.waitForURL(/\/me\/connected/);
  await expectFinnish(athlete, [
    "/me/connected",
    "/me",
    ...["saved", "empty", "too-late", "choose", "reconnected"].map((say) => `/me?say=${say}`),
    "/me/check-ins",
    "/me/shared",
    "/me/looks",
    "/me/leave",
    "/me/address",
    "/me/address?say=address-outdated",
  ]);
});

test("a coach's language follows into another browser and into the mails", async ({ page, browser }) => {
  const email = `laura.${Date.now()}@example.org`;
  await finnishOwner(page, browser, email);
  const elsewhere = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await elsewhere.goto(`${product.origin}/sign-in`);
  await elsewhere.getByLabel("E-mail address").fill(email);
  await elsewhere.getByRole("button", { name: "Mail me a link" }).click();
  await elsewhere.waitForURL(/check-mail/);
  const link = linkIn(await mailTo(email, /^Linkkisi Restdayhin/), "/sign-in/link/");
  await elsewhere.goto(link);
  await elsewhere.reload();
  await elsewhere.getByRole("button", { name: "Sign in" }).click();
  await elsewhere.waitForURL(/\/squads$/);
  expect(await elsewhere.getAttribute("html", "lang")).toBe("fi-FI");
  const used = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await used.goto(link);
  await expect(used.getByRole("heading", { name: "This link has ended" })).toBeVisible();
  await expect(used.getByRole("button", { name: "Mail me a new one" })).toBeVisible();
});
