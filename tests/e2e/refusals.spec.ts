import { expect } from "@playwright/test";
import { linkIn, mailTo } from "./support/mailbox";
import { signIn } from "./support/people";
import { openProductDatabase, product, until } from "./support/product";
import { test } from "./support/test";

// What a browser lets through and Restday refuses: the words stand beside the field, and nothing typed is lost.

const database = openProductDatabase();
test.afterAll(() => database.end());

const scored = () =>
  until("a scored athlete", 240, async () => {
    const [found] = await database<{ id: string }[]>`
      select a.id from athletes a where a.stopped_at is null
        and exists (select from readiness_days d where d.athlete_id = a.id) limit 1`;
    return found;
  });

test("a note that is refused stays as it was typed, with what is wrong beside it", async ({ page }) => {
  const { id } = await scored();
  await signIn(page);
  await page.goto(`${product.origin}/athletes/${id}`);
  await page.getByText("Add note", { exact: true }).click();
  const form = page.locator("form").filter({ has: page.locator("textarea[name=text]") });
  const [note, day] = [form.getByLabel("Note"), form.getByLabel("Day")];
  const save = form.getByRole("button", { name: "Save" });
  await note.fill("   ");
  await save.click();
  await expect(note).toHaveAttribute("aria-invalid", "true");
  await expect(note).toHaveAccessibleDescription("Write the note, up to 1,000 characters.");
  await expect(note).toBeFocused();

  const text = `Slept badly ${Date.now()}`;
  const today = await day.inputValue();
  await note.fill(text);
  await day.evaluate((field) => field.removeAttribute("required"));
  await day.fill("");
  await save.click();
  await expect(day).toHaveAccessibleDescription("Choose a day.");
  await expect(note).not.toHaveAttribute("aria-invalid");
  await expect(note).toHaveValue(text);

  await day.fill(today);
  await save.click();
  await expect(page.getByRole("listitem").filter({ hasText: text })).toBeVisible();
  await expect(form.getByRole("alert")).toHaveCount(0);
  await expect(note).toHaveValue("");
});

test("a day's tag states nothing that nobody chose, and a day that the page does not show takes none", async ({
  page,
}) => {
  const { id } = await scored();
  await signIn(page);
  await page.goto(`${product.origin}/athletes/${id}`);
  await page.getByText("Add tag", { exact: true }).click();
  const form = page.locator("form").filter({ has: page.locator("#tag-tag") });
  const [reason, day] = [form.getByLabel("Reason"), form.getByLabel("Day")];
  await expect(reason).toHaveValue("");
  await reason.evaluate((field) => field.removeAttribute("required"));
  await form.getByRole("button", { name: "Save" }).click();
  await expect(reason).toHaveAccessibleDescription("Choose a reason.");
  const kept = await database`select from day_decisions where athlete_id = ${id} and kind = 'excluded'`;
  expect(kept).toHaveLength(0);

  const [first, last] = [await day.getAttribute("min"), await day.getAttribute("max")];
  expect((Date.parse(last ?? "") - Date.parse(first ?? "")) / 86_400_000).toBe(89);
});

test("a role that there is none of and a name of spaces are answered with words", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await page.goto(`${product.origin}/settings/team`);
  const email = `bo.${Date.now()}@example.org`;
  await page.getByLabel("E-mail address").fill(email);
  await page
    .locator("#role option")
    .first()
    .evaluate((option: HTMLOptionElement) => {
      option.value = "king";
      option.selected = true;
    });
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.waitForURL(/say=refused/);
  await expect(page.getByRole("alert").filter({ hasText: "Nothing was changed." })).toBeVisible();

  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await page.waitForURL(/say=invited/);
  const invited = await (await browser.newContext({ locale: "en-GB" })).newPage();
  await invited.goto(linkIn(await mailTo(email, /invites you/), "/join/"));
  const name = invited.getByLabel("Your name");
  await name.fill("   ");
  await invited.locator("main form button").click();
  await expect(name).toHaveAccessibleDescription("Enter your name, up to 80 characters.");
});
