import type { Browser, Page } from "@playwright/test";
import { linkIn, mailTo } from "./mailbox";
import { product } from "./product";

/** The coach the demonstration begins with. */
export const coach = "line.krogh@example.org";

/** Signs in by the magic link in the local mailbox. */
export async function signInByMail(page: Page, email: string) {
  await page.goto(`${product.origin}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  await page.waitForURL(/check-mail/);
  await page.goto(linkIn(await mailTo(email, /link to Restday/), "/sign-in/link/"));
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Signs in with the demonstration's one click. */
export async function signIn(page: Page) {
  await page.goto(`${product.origin}/sign-in`);
  await page.getByRole("button", { name: "Sign in to the demonstration" }).click();
  await page.waitForURL(/\/squads/);
}

/** Makes a squad and lands on its page; returns its address. */
export async function makeSquad(page: Page, name: string): Promise<string> {
  await page.goto(`${product.origin}/squads`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Make squad" }).click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  return page.url();
}

/** Invites one athlete from an empty squad's page; returns the link that is shown once. */
export async function invite(page: Page, athlete: { name: string; email?: string }): Promise<string> {
  const send = page.getByRole("button", { name: "Invite", exact: true });
  const form = page.locator("form").filter({ has: send });
  await form.getByLabel("Name", { exact: true }).fill(athlete.name);
  if (athlete.email) await form.getByLabel("E-mail", { exact: true }).fill(athlete.email);
  await send.click();
  const link = page.getByLabel(`Invitation link for ${athlete.name}`);
  await link.waitFor();
  return await link.inputValue();
}

/** A phone of an athlete, in a browser of its own. */
export async function phone(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en-GB" });
  return await context.newPage();
}

/** Accepts what the invitation asks and stands at Polar's door. */
export async function consent(page: Page, link: string) {
  await page.goto(link);
  await page.getByLabel("With history").check();
  await page.getByRole("button", { name: "Continue with Polar" }).click();
  await page.waitForURL(`${product.simulator}/**`);
}

/** Opens a new account at the simulator and allows access. */
export async function authoriseAsNewcomer(
  page: Page,
  person: { first: string; last: string; story: "steady" | "flagged" },
) {
  const summary = page.locator("details:not([open]) > summary").last();
  if (await summary.isVisible()) await summary.click();
  await page.getByLabel("First name").fill(person.first);
  await page.getByLabel("Last name").fill(person.last);
  await page.getByLabel("The last weeks").selectOption(person.story);
  await page.getByRole("button", { name: "Create account and allow access" }).click();
}

export type Newcomer = { first: string; last: string; name: string; login: string };

/** Somebody nobody has met yet, at Polar neither. */
export function newcomer(first: string): Newcomer {
  const last = `No${Date.now().toString(36)}`;
  return { first, last, name: `${first} ${last}`, login: `${first}-${last}`.toLowerCase() };
}

/** An athlete's phone after the whole way: invited, agreed, connected. */
export async function connect(browser: Browser, link: string, athlete: Newcomer): Promise<Page> {
  const own = await phone(browser);
  await consent(own, link);
  await authoriseAsNewcomer(own, { ...athlete, story: "steady" });
  await own.waitForURL(/\/me\/connected/);
  return own;
}

/** Continues with Polar as somebody who has an account there. */
export async function authoriseAs(page: Page, athlete: Newcomer) {
  await page.getByRole("radio", { name: athlete.name }).check();
  await page.getByRole("button", { name: "Allow access" }).first().click();
}
