import { expect } from "@playwright/test";
import { coach, signInByMail } from "./support/people";
import { product } from "./support/product";
import { test } from "./support/test";

test("a coach signs in by mail and sees the demonstration squad flagged", async ({ page }) => {
  await signInByMail(page, coach);
  await page.goto(`${product.origin}/squads`);
  await expect(page.getByText(/Demonstration: invented athletes/)).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Fjordline distance squad", exact: true }).click();
  const table = page.getByRole("table", { name: /Squad, one row per athlete/ });
  await expect(table.getByRole("rowheader").filter({ has: page.getByRole("link") })).toHaveCount(24, {
    timeout: 150_000,
  });
  await expect(table.getByText("Recovery day", { exact: true }).first()).toBeVisible({ timeout: 150_000 });
  await expect(table.getByText("Flag", { exact: true }).first()).toBeVisible({ timeout: 150_000 });
});
