import { expect } from "@playwright/test";
import { linkIn, mailTo } from "./support/mailbox";
import { authoriseAsNewcomer, coach, consent, invite, makeSquad, phone, signIn } from "./support/people";
import { product } from "./support/product";
import { test } from "./support/test";

test("from an invitation to a flagged athlete and a mail", async ({ page, browser }) => {
  const squad = `Journey ${Date.now()}`;
  const email = `signe.${Date.now()}@example.org`;
  await signIn(page);
  const squadUrl = await makeSquad(page, squad);
  const shown = await invite(page, { name: "Signe Holm", email });
  const mailed = linkIn(await mailTo(email, /invites you to share/), "/invite/");
  expect(new URL(mailed).pathname).toBe(new URL(shown).pathname);

  const athlete = await phone(browser);
  await athlete.goto(mailed);
  await expect(athlete.getByRole("heading", { level: 1 })).toContainText("asks to see your Polar data");
  await expect(athlete.getByText("Nightly Recharge")).toBeVisible();
  await consent(athlete, mailed);
  await authoriseAsNewcomer(athlete, { first: "Signe", last: "Holm", story: "flagged" });
  await athlete.waitForURL(/\/me\/connected/);
  await expect(athlete.getByText("Everything Polar keeps has been read.")).toBeVisible({ timeout: 120_000 });
  await athlete.getByRole("link", { name: "Open my page" }).click();
  await expect(athlete.getByRole("heading", { name: "Morning check-in" })).toBeVisible();

  await page.goto(squadUrl);
  const row = page.getByRole("row").filter({ hasText: "Signe Holm" }).first();
  await expect(row.getByText(/^(Flag|Recovery day)$/)).toBeVisible({ timeout: 60_000 });
  await row.getByRole("link", { name: "Signe Holm" }).click();
  await expect(page.getByRole("heading", { name: "Signe Holm" })).toBeVisible();
  await expect(page.getByRole("img", { name: /HRV/ }).first()).toBeVisible();
  await expect(page.getByText("Load rising").first()).toBeVisible();

  const mail = await mailTo(coach, /athletes? to look at this morning/, (found) =>
    found.text.includes("Signe Holm"),
  );
  expect(mail.subject).toMatch(/^1 athlete to look at/);
});

test("a used, a forged and a withdrawn invitation end on a page that says so", async ({ page, browser }) => {
  await signIn(page);
  await makeSquad(page, `Ended ${Date.now()}`);
  const link = await invite(page, { name: "Wim Last" });
  const athlete = await phone(browser);
  await athlete.goto(`${product.origin}/invite/${"x".repeat(43)}`);
  await expect(athlete.getByRole("heading", { name: "This link has ended" })).toBeVisible();
  await consent(athlete, link);
  await authoriseAsNewcomer(athlete, { first: "Wim", last: "Last", story: "steady" });
  await athlete.waitForURL(/\/me\/connected/);
  await athlete.goto(link);
  await expect(athlete.getByRole("heading", { name: "This link has ended" })).toBeVisible();
});

test("denied at Polar: nothing is shared, and trying again is offered", async ({ page, browser }) => {
  await signIn(page);
  await makeSquad(page, `Denied ${Date.now()}`);
  const link = await invite(page, { name: "Dora Nay" });
  const athlete = await phone(browser);
  await consent(athlete, link);
  await athlete.getByRole("button", { name: "Deny" }).first().click();
  await athlete.waitForURL(/say=denied/);
  await expect(athlete.getByText("did not allow access")).toBeVisible();
  await expect(athlete.getByRole("button", { name: "Continue with Polar" })).toBeVisible();
});

test("a coach who opens an invitation in the own browser stays the coach", async ({ page }) => {
  await signIn(page);
  const squadUrl = await makeSquad(page, `Same browser ${Date.now()}`);
  const link = await invite(page, { name: "Sam Both" });
  await consent(page, link);
  await authoriseAsNewcomer(page, { first: "Sam", last: "Both", story: "steady" });
  await page.waitForURL(/\/me\/connected/);
  await page.goto(squadUrl);
  await expect(page.getByRole("link", { name: "Sam Both" })).toBeVisible();
});

test("a Polar account in use here cannot be connected to somebody else", async ({ page, browser }) => {
  await signIn(page);
  const squadUrl = await makeSquad(page, `Taken ${Date.now()}`);
  const first = await invite(page, { name: "Una First" });
  const one = await phone(browser);
  await consent(one, first);
  await authoriseAsNewcomer(one, { first: "Una", last: "First", story: "steady" });
  await one.waitForURL(/\/me\/connected/);

  await page.goto(`${squadUrl}/athletes`);
  const second = await invite(page, { name: "Una Second" });
  const two = await phone(browser);
  await consent(two, second);
  await two
    .getByText("Show accounts that are connected", { exact: false })
    .click({ timeout: 2_000 })
    .catch(() => {});
  await two.getByLabel("Una First").check();
  await two.getByRole("button", { name: "Allow access" }).first().click();
  await two.waitForURL(/say=taken/);
  await expect(two.getByText("cannot be connected here")).toBeVisible();
});
