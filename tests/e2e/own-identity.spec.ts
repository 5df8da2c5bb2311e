import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import {
  athleteSessionCookie,
  athleteSessionCookieName,
  readAthleteSession,
} from "@/lib/auth/athlete-session";
import { readCookie } from "@/lib/auth/cookies";
import { linkIn, mailsSoFar, mailTo } from "./support/mailbox";
import {
  authoriseAs,
  authoriseAsNewcomer,
  connect,
  consent,
  invite,
  makeSquad,
  newcomer,
  phone,
  signIn,
} from "./support/people";
import { athleteSecret, openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());

const me = `${product.origin}/me`;

/** Signs in by the link that the page mails, as it stands in the mailbox. */
async function openByMail(own: Page, email: string) {
  const older = await mailsSoFar();
  await own.goto(`${me}/sign-in`);
  await own.getByLabel("Your e-mail address").fill(email);
  await own.getByRole("button", { name: "Mail me a link" }).click();
  await expect(own.getByText("a link is on its way")).toBeVisible();
  const mail = await mailTo(email, /page/, ({ id, text }) => !older.has(id) && text.includes("/me/open/"));
  await own.goto(linkIn(mail, "/me/open/"));
  await own.getByRole("button", { name: "Open my page" }).click();
  await own.waitForURL(me);
}

test("an athlete whom Polar no longer serves signs in by a mailed link, downloads, pauses, resumes and deletes", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const squadUrl = await makeSquad(page, `By mail ${Date.now()}`);
  const [athlete, email] = [newcomer("Vilja"), `vilja.${Date.now()}@example.org`];
  const connected = await connect(browser, await invite(page, { name: athlete.name, email }), athlete);
  await connected.context().close();
  await database`update connections set status = 'needs-reconnection', access_token_sealed = null
    where athlete_id in (select id from athletes where name = ${athlete.name})`;

  const own = await phone(browser);
  await openByMail(own, email);
  await expect(own.getByText("You, page opened with a link by e-mail")).toBeVisible();
  const download = own.waitForEvent("download");
  await own.getByRole("link", { name: /^Download everything/ }).click();
  const everything = JSON.parse(await readFile(await (await download).path(), "utf8"));
  expect(everything).toMatchObject({ format: "restday-export/1", athlete: { name: athlete.name, email } });

  await own.getByRole("link", { name: /^Pause sharing/ }).click();
  await own.getByRole("button", { name: "Pause now" }).click();
  await expect(own.getByText(/^Paused since/)).toBeVisible();
  await page.goto(squadUrl);
  await expect(
    page
      .getByRole("row")
      .filter({ hasText: athlete.name })
      .getByText(/^Sharing paused/),
  ).toBeVisible();
  await own.getByRole("button", { name: "Resume sharing" }).click();
  await own.goto(`${me}/leave`);
  await own.getByRole("button", { name: "Stop sharing, delete everything now" }).click();
  await expect(own.getByText("Everything stored about you was deleted")).toBeVisible();
  expect(await database`select 1 from athletes where name = ${athlete.name}`).toHaveLength(0);
  await own.goto(me);
  await expect(own).toHaveURL(`${me}/sign-in`);
  await own.context().close();
});

test("an athlete who agreed and never connected opens the page by mail, connects from there, and the invitation is answered", async ({
  page,
  browser,
}) => {
  await signIn(page);
  const squadUrl = await makeSquad(page, `Later ${Date.now()}`);
  const [athlete, email] = [newcomer("Oona"), `oona.${Date.now()}@example.org`];
  const link = await invite(page, { name: athlete.name, email });
  const own = await phone(browser);
  await consent(own, link);
  await openByMail(own, email);
  await expect(own.getByText("Nothing is connected yet")).toBeVisible();

  // The coach has the invitation's link too: it opens nothing any more.
  const visitor = await phone(browser);
  await visitor.goto(link);
  await expect(visitor.getByRole("heading", { name: "Open your own page first" })).toBeVisible();
  await expect(visitor.getByRole("button", { name: "Continue with Polar" })).toHaveCount(0);
  await visitor.context().close();

  await own.getByRole("button", { name: "Connect Polar" }).click();
  await authoriseAsNewcomer(own, { ...athlete, story: "steady" });
  await own.waitForURL(/\/me\/connected/);
  await page.goto(squadUrl);
  await expect(page.getByRole("row").filter({ hasText: athlete.name })).toBeVisible();
  await own.context().close();
});

/** Makes the session of a phone one that began so many minutes earlier. */
async function age(own: Page, minutes: number) {
  const [appUrl, secret] = [product.origin, athleteSecret()];
  const name = athleteSessionCookieName(appUrl);
  const cookie = (await own.context().cookies(appUrl)).find((one) => one.name === name);
  const session = await readAthleteSession({ appUrl, secret, value: cookie?.value });
  if (!cookie || !session) throw new Error("Nobody is signed in on this phone");
  const now = new Date(session.startedAt.getTime() - minutes * 60_000);
  const set = await athleteSessionCookie({ appUrl, secret, athleteId: session.athleteId, now });
  await own.context().addCookies([{ ...cookie, value: readCookie(set, name) ?? "" }]);
}

test("half an hour after signing in, the address is changed only by who signs in again, by mail or through Polar", async ({
  page,
  browser,
}) => {
  await signIn(page);
  await makeSquad(page, `Key ${Date.now()}`);
  const [athlete, email] = [newcomer("Kerttu"), `kerttu.${Date.now()}@example.org`];
  const own = await connect(browser, await invite(page, { name: athlete.name, email }), athlete);
  await own.goto(`${me}/address`);
  await own.getByLabel("New address").fill(`first.${email}`);
  // Agreeing named the address, which ended whatever sessions were older.
  await database`update athletes set sessions_from = null where name = ${athlete.name}`;
  await age(own, 31);
  await own.getByRole("button", { name: "Change address" }).click();
  await expect(
    own.getByRole("alert").filter({ hasText: "Nothing was changed. Sign in again" }),
  ).toBeVisible();
  await own.goto(`${me}/address`);
  await expect(own.getByText(`Now: ${email}`)).toBeVisible();
  await expect(own.getByLabel("New address")).toHaveCount(0);

  await own.getByRole("link", { name: "Sign in again" }).click();
  await own.getByRole("button", { name: "Continue with Polar" }).click();
  await authoriseAs(own, athlete);
  await own.waitForURL(me);
  await own.goto(`${me}/address`);
  await own.getByLabel("New address").fill(`first.${email}`);
  await own.getByRole("button", { name: "Change address" }).click();
  await expect(own.getByText("Your address was changed.")).toBeVisible();

  await openByMail(own, `first.${email}`);
  await own.goto(`${me}/address`);
  await own.getByLabel("New address").fill(email);
  await own.getByRole("button", { name: "Change address" }).click();
  await expect(own.getByText(`E-mail: ${email}`)).toBeVisible();
  await own.context().close();
});
