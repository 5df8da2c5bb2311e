import { type Browser, expect, type Page } from "@playwright/test";
import { connect, invite, makeSquad, newcomer, phone, signIn } from "./support/people";
import { openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

// A browser lets `ada@example` through: what is wrong with it has to be said beside the field, wherever it was typed.

const NONE = "ada@example";
const SENTENCE = /not a complete e-mail address.*a domain with a dot/;

const database = openProductDatabase();
test.afterAll(() => database.end());

/** Types an address that is none, sends it, and looks for the sentence that the field itself points to. */
async function refuse(page: Page, field: string, button: string) {
  const send = page.getByRole("button", { name: button, exact: true });
  const form = page.locator("form").filter({ has: send });
  const address = ((await form.count()) > 0 ? form : page).getByLabel(field, { exact: true });
  await address.fill(NONE);
  await send.click();
  await expect(address).toHaveAttribute("aria-invalid", "true");
  await expect(address).toHaveAccessibleDescription(SENTENCE);
  await expect(page.getByText(SENTENCE).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nothing here" })).toHaveCount(0);
  return address;
}

test("whoever signs in with an address that is none reads it beside the field", async ({ page }) => {
  await page.goto(`${product.origin}/sign-in`);
  await refuse(page, "E-mail address", "Mail me a link");
  await page.goto(`${product.origin}/me/sign-in`);
  await refuse(page, "Your e-mail address", "Mail me a link");
});

async function refuseAsCoach(page: Page, squad: string, connected: string) {
  await page.goto(`${squad}/athletes`);
  await page.getByLabel("Name", { exact: true }).first().fill("Ada Berg");
  expect(await (await refuse(page, "E-mail", "Invite")).inputValue()).toBe(NONE);
  const waiting = page.getByRole("listitem").filter({ hasText: "Not yet there" });
  await waiting.getByText("Correct the address").click();
  expect(await (await refuse(page, "E-mail", "Save and send")).inputValue()).toBe(NONE);
  await page.reload();
  await page
    .getByRole("listitem")
    .filter({ hasText: connected })
    .getByText("Change", { exact: true })
    .click();
  expect(await (await refuse(page, "E-mail", "Save")).inputValue()).toBe(NONE);
  await expect(page.getByText(`Proposed: ${NONE}`)).toHaveCount(0);
  await page.goto(`${product.origin}/settings/team`);
  await refuse(page, "E-mail address", "Send the invitation");
}

async function refuseAsAthlete(own: Page, browser: Browser, link: string) {
  await own.goto(`${product.origin}/me/address`);
  await refuse(own, "New address", "Change address");
  const invited = await phone(browser);
  await invited.goto(link);
  await invited.getByLabel("With history").check();
  await refuse(invited, "Your e-mail address (optional)", "Continue with Polar");
}

test("a coach and an athlete read it beside the field, and nothing of it is kept", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const squad = (await makeSquad(page, `Addresses ${Date.now()}`)).replace(/\/start$/, "");
  const olga = newcomer("Olga");
  const own = await connect(browser, await invite(page, { name: olga.name }), olga);
  await page.goto(`${squad}/athletes`);
  const link = await invite(page, { name: "Not yet there" });
  await refuseAsCoach(page, squad, olga.name);
  await refuseAsAthlete(own, browser, link);
  const kept = await database`select 1 from athletes where ${NONE} in (email, proposed_email)
    union all select 1 from one_time_links where email = ${NONE}`;
  expect(kept).toHaveLength(0);
});

test("without scripts the sentence stands beside the field as well", async ({ page, browser }) => {
  await signIn(page);
  const squad = (await makeSquad(page, `Plain addresses ${Date.now()}`)).replace(/\/start$/, "");
  await invite(page, { name: "Not yet there" });
  const storageState = await page.context().storageState();
  const plain = await (await browser.newContext({ javaScriptEnabled: false, storageState })).newPage();
  await plain.goto(`${squad}/athletes`);
  await plain.getByText("Correct the address").click();
  await refuse(plain, "E-mail", "Save and send");
});
