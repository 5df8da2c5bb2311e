import { type Browser, expect, type Page } from "@playwright/test";
import {
  authoriseAsNewcomer,
  connect,
  consent,
  invite,
  makeSquad,
  newcomer,
  phone,
  signIn,
} from "./support/people";
import { openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());

let squadUrl: string;
test.beforeEach(async ({ page }) => {
  await signIn(page);
  squadUrl = await makeSquad(page, `Invited ${Date.now()}`);
});

async function expectEnded(page: Page, link: string) {
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link has ended" })).toBeVisible();
  await expect(page.getByText("Ask your coach for a new one")).toBeVisible();
  await expect(page.getByRole("link", { name: "Open your own page" })).toHaveAttribute("href", "/me/sign-in");
}

const waiting = async (page: Page, name: string) => {
  await page.goto(`${squadUrl}/athletes`);
  return page.getByRole("region", { name: "Waiting" }).getByRole("listitem").filter({ hasText: name });
};

test("forged, withdrawn and expired invitations end alike, and say what to do", async ({ page, browser }) => {
  const athlete = await phone(browser);
  await expectEnded(athlete, `${product.origin}/invite/${"x".repeat(43)}`);

  const withdrawn = await invite(page, { name: "Wim Drawn" });
  await athlete.goto(withdrawn);
  await expect(athlete.getByRole("button", { name: "Continue with Polar" })).toBeVisible();
  const entry = await waiting(page, "Wim Drawn");
  await entry.getByText("Withdraw", { exact: true }).click();
  await entry.getByRole("button", { name: "Withdraw the invitation of Wim Drawn now" }).click();
  await expect(page.getByText("Wim Drawn")).toHaveCount(0);
  await athlete.getByLabel("With history").check();
  await athlete.getByRole("button", { name: "Continue with Polar" }).click();
  await expectEnded(athlete, withdrawn);

  await page.goto(squadUrl);
  const expired = await invite(page, { name: "Eva Late" });
  await database`update invitations set expires_at = now() - interval '1 minute'
    where athlete_id in (select id from athletes where name = 'Eva Late')`;
  await expectEnded(athlete, expired);
  await expect((await waiting(page, "Eva Late")).getByText("Expired")).toBeVisible();
  await (await waiting(page, "Eva Late")).getByRole("button", { name: "Send Eva Late a new link" }).click();
  await athlete.goto(await page.getByLabel("Invitation link for Eva Late").inputValue());
  await expect(athlete.getByRole("button", { name: "Continue with Polar" })).toBeVisible();
});

test("opened, then declined: the coach sees both, and nothing is shared", async ({ page, browser }) => {
  const link = await invite(page, { name: "Nora Nay" });
  await expect(await waiting(page, "Nora Nay")).toContainText(/Link not e-mailed.*until/s);
  const athlete = await phone(browser);
  await athlete.goto(link);
  await expect((await waiting(page, "Nora Nay")).getByText(/^opened \d\d:\d\d$/)).toBeVisible();
  await athlete.getByRole("button", { name: "No, decline" }).click();
  await expect(athlete.getByRole("heading", { name: "You declined" })).toBeVisible();
  await athlete.getByRole("button", { name: /^Undo/ }).click();
  await expect(athlete.getByRole("button", { name: "Continue with Polar" })).toBeVisible();
  await athlete.getByRole("button", { name: "No, decline" }).click();
  await expect(athlete.getByRole("heading", { name: "You declined" })).toBeVisible();
  await expect((await waiting(page, "Nora Nay")).getByText("Declined")).toBeVisible();
  await expectEnded(athlete, link);
});

test("without a choice of history nothing is sent; denied at Polar, a second try succeeds", async ({
  page,
  browser,
}) => {
  const dora = newcomer("Dora");
  const link = await invite(page, { name: dora.name });
  const athlete = await phone(browser);
  await athlete.goto(link);
  await athlete.getByRole("button", { name: "Continue with Polar" }).click();
  await expect(athlete.getByLabel("With history")).toBeFocused();
  expect(new URL(athlete.url()).pathname).toBe(new URL(link).pathname);
  await consent(athlete, link);
  await athlete.getByRole("button", { name: "Deny" }).first().click();
  await expect(athlete.getByText("did not allow access")).toBeVisible();
  await expect((await waiting(page, dora.name)).getByText("Opened, not yet accepted")).toBeVisible();
  await consent(athlete, link);
  await authoriseAsNewcomer(athlete, { ...dora, story: "steady" });
  await expect(athlete.getByRole("heading", { name: "Connected to Polar" })).toBeVisible();
});

/** Polar's door is open in one tab while the other accepts. */
async function inTwoTabs(browser: Browser, link: string) {
  const first = await phone(browser);
  const second = await first.context().newPage();
  await second.goto(link);
  await consent(first, link);
  return { first, second };
}

test("two tabs: what the first accepted, the second cannot accept again", async ({ page, browser }) => {
  const tia = newcomer("Tia");
  const link = await invite(page, { name: tia.name });
  const { first, second } = await inTwoTabs(browser, link);
  await authoriseAsNewcomer(first, { ...tia, story: "steady" });
  await first.waitForURL(/\/me\/connected/);
  await second.getByLabel("From now on only").check();
  await second.getByRole("button", { name: "Continue with Polar" }).click();
  await expect(second.getByRole("heading", { name: "This link has ended" })).toBeVisible();
  await second.getByRole("link", { name: "Open your own page" }).click();
  await first.goto(`${product.origin}/me/shared`);
  await expect(first.getByText("You chose to share with history.")).toBeVisible();
});

test("back after consent shows an ended link, and a used one opens nothing for others", async ({
  page,
  browser,
}) => {
  const bo = newcomer("Bo");
  const link = await invite(page, { name: bo.name });
  const athlete = await connect(browser, link, bo);
  await athlete.goBack();
  // Going back counts as done with the page's own first entry in the history; leave only from where it leads.
  await athlete.waitForURL(`${product.simulator}/**`);
  await athlete.goto(link);
  await expect(athlete.getByRole("heading", { name: "This link has ended" })).toBeVisible();
  await athlete.goto(`${product.origin}/me`);
  await expect(athlete.getByRole("heading", { name: "Morning check-in" })).toBeVisible();
  await expectEnded(await phone(browser), link);
});
