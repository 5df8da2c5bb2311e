import { expect } from "@playwright/test";
import { makeSquad, signIn } from "./support/people";
import { test } from "./support/test";

test("an owner looks after the installation: webhook, ledger, sync", async ({ page }) => {
  await signIn(page);
  await page.getByLabel("Account and display").click();
  await page.getByRole("link", { name: "Operation" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Operation" })).toBeVisible();
  await page.getByRole("button", { name: "Check and repair" }).click();
  await expect(page.getByText("The webhook is in order; nothing had to be changed.")).toBeVisible();
  const jobs = page.getByRole("region", { name: "Jobs", exact: true });
  await expect(jobs.getByText("Embedded engine.")).toBeVisible();
  await expect(jobs.getByRole("row", { name: /Delivery of an e-mail/ })).toBeVisible();
  const owed = jobs.getByRole("table", { name: "Work still to be done" });
  await expect(owed.or(jobs.getByText("Everything asked for is done."))).toBeVisible();
  await page.getByRole("link", { name: "Fjordline distance squad", exact: true }).click();
  await page.waitForURL(/\/connections/);
  const athlete = page.getByRole("row").nth(1);
  const name = await athlete.getByRole("rowheader").textContent();
  await athlete.locator("a[href*='/operate/athletes/']").first().click();
  await expect(page.getByRole("heading", { level: 1, name: name?.trim() })).toBeVisible();
  await expect(page.getByText("shown below")).toBeVisible();
  await expect(page.getByRole("table", { name: "Ledger" }).getByText("committed").first()).toBeVisible();
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText(/Polar is being asked/)).toBeVisible();
});

test("a squad is put away and brought back", async ({ page }) => {
  await signIn(page);
  const name = `Away ${Date.now()}`;
  const squad = await makeSquad(page, name);
  await page.goto(`${squad.replace(/\/start$/, "")}/settings`);
  await page.getByText(`Archive ${name}`).click();
  await page.getByRole("button", { name: /Archive/ }).click();
  await page.waitForURL(/\/squads$/);
  await expect(page.getByRole("main").getByRole("link", { name, exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: `Restore ${name}` }).click();
  await expect(page.getByRole("main").getByRole("link", { name, exact: true })).toBeVisible();
});
