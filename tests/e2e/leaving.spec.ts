import { type Browser, expect, type Page } from "@playwright/test";
import { linkIn, mailTo } from "./support/mailbox";
import {
  authoriseAs,
  connect,
  invite,
  makeSquad,
  type Newcomer,
  newcomer,
  phone,
  signIn,
} from "./support/people";
import { openProductDatabase, product, until } from "./support/product";
import { simulator } from "./support/simulator";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());
test.afterEach(() => simulator("DELETE", "faults"));

const me = `${product.origin}/me`;

async function sharing(coach: Page, browser: Browser, first: string, email?: string) {
  await signIn(coach);
  const squadUrl = await makeSquad(coach, `Leaving ${Date.now()}`);
  const athlete = newcomer(first);
  const own = await connect(browser, await invite(coach, { name: athlete.name, email }), athlete);
  return { athlete, own, squadUrl };
}

async function connectionOf(athlete: Newcomer) {
  const [found] = await database<{ id: string; status: string; backfilled: boolean }[]>`
    select a.id, c.status, c.backfilled_at is not null as backfilled from athletes a
    join connections c on c.athlete_id = a.id where a.name = ${athlete.name} order by c.connected_at desc limit 1`;
  return found;
}

const isRegistered = async ({ login }: Newcomer) => {
  const { athletes } = await simulator<{ athletes: { login: string; registered: boolean }[] }>(
    "GET",
    "athletes",
  );
  return athletes.find((one) => one.login === login)?.registered;
};

/** Holds the answers about sessions back, so that a backfill stays under way. */
const slowDown = ({ login }: Newcomer) =>
  simulator("POST", "faults", { match: { pathPattern: "exercise", login }, delayMs: 4_000, times: 50 });

test("stopping ends access at Polar, in the middle of a backfill too, and never starts again by itself", async ({
  page,
  browser,
}) => {
  const { athlete, own, squadUrl } = await sharing(page, browser, "Stina");
  await slowDown(athlete);
  expect(await isRegistered(athlete)).toBe(true);
  await own.goto(me);
  await own.getByRole("link", { name: /^Stop sharing/ }).click();
  await own.getByRole("button", { name: "Stop sharing, delete in 30 days" }).click();
  await expect(own.getByText("You stopped sharing. Access at Polar has ended.")).toBeVisible();
  await expect(own.getByText(/Everything is deleted on/)).toBeVisible();
  expect(await isRegistered(athlete)).toBe(false);
  await page.goto(squadUrl);
  await expect(
    page.getByRole("row").filter({ hasText: athlete.name }).getByText("Stopped sharing"),
  ).toBeVisible();

  await own.goBack();
  await expect(own.getByText("Sharing has ended. Everything is deleted on")).toBeVisible();
  await own.goto(`${me}/connected`);
  await expect(own).toHaveURL(me);
  await own.getByRole("button", { name: "Sign out" }).click();
  await own.getByRole("button", { name: "Continue with Polar" }).click();
  await authoriseAs(own, athlete);
  await expect(own.getByText("Nothing is fetched any more")).toBeVisible();
  expect((await connectionOf(athlete))?.status).toBe("revoked");
  expect(await isRegistered(athlete)).toBe(false);
});

test("a check-in page left open in another tab cannot send after stopping", async ({ page, browser }) => {
  const { own } = await sharing(page, browser, "Tove");
  await own.goto(me);
  const other = await own.context().newPage();
  await other.goto(`${me}/leave`);
  await other.getByRole("button", { name: "Stop sharing, delete in 30 days" }).click();
  await expect(other.getByText("You stopped sharing. Access at Polar has ended.")).toBeVisible();
  await own.getByRole("group", { name: "Fatigue" }).getByRole("radio", { name: /^4/ }).check({ force: true });
  await own.getByRole("button", { name: "Send" }).click();
  await expect(own.getByRole("alert").filter({ hasText: "You have stopped sharing" })).toBeVisible();
});

test("deleting at once leaves nothing, and the page is gone", async ({ page, browser }) => {
  const { athlete, own, squadUrl } = await sharing(page, browser, "Dag");
  await own.goto(`${me}/leave`);
  await own.getByRole("button", { name: "Stop sharing, delete everything now" }).click();
  await expect(own.getByText("Everything stored about you was deleted")).toBeVisible();
  expect(await connectionOf(athlete)).toBeUndefined();
  expect(await isRegistered(athlete)).toBe(false);
  await own.goto(me);
  await expect(own).toHaveURL(`${me}/sign-in`);
  await page.goto(squadUrl);
  await expect(page.getByText(athlete.name)).toHaveCount(0);
});

test("revoked at Polar in the middle of a backfill: a mail, the way back, and the rest is read", async ({
  page,
  browser,
}) => {
  const email = `rut.${Date.now()}@example.org`;
  const { athlete, own } = await sharing(page, browser, "Rut", email);
  await simulator("POST", `users/${athlete.login}/revoke`, {});
  await database`update stream_states s set next_due_at = now(), backfilled_at = null from athletes a
    where a.id = s.athlete_id and a.name = ${athlete.name}`;
  const { id } = (await connectionOf(athlete)) ?? { id: "" };
  await database`insert into outbox (name, data, recorded_at) values ('athlete/sync.requested',
    ${database.json({ athleteId: id, reason: "asked" })}, now())`;
  await until("Polar's refusal to be noticed", 90, async () => {
    return (await connectionOf(athlete))?.status === "needs-reconnection";
  });
  await own.goto(me);
  await expect(own.getByText("Polar no longer accepts the connection")).toBeVisible();
  await own.goto(linkIn(await mailTo(email, /connect/i), "/me"));
  await own.getByRole("button", { name: "Continue with Polar" }).click();
  await authoriseAs(own, athlete);
  await own.waitForURL(/say=reconnected/);
  await expect(own.getByText("Polar is connected again.")).toBeVisible();
  expect((await connectionOf(athlete))?.status).toBe("active");
  await own.goto(`${me}/connected`);
  await expect(own.getByText("Everything Polar keeps has been read.")).toBeVisible({ timeout: 90_000 });
  expect(await connectionOf(athlete)).toMatchObject({ status: "active", backfilled: true });
});

test("a link by e-mail opens the page once", async ({ page, browser }) => {
  const email = `lena.${Date.now()}@example.org`;
  const { own } = await sharing(page, browser, "Lena", email);
  await own.goto(me);
  await own.getByRole("button", { name: "Sign out" }).click();
  await own.getByLabel("Your e-mail address").fill(email);
  await own.getByRole("button", { name: "Mail me a link" }).click();
  await expect(own.getByText("a link is on its way")).toBeVisible();
  const link = linkIn(
    await mailTo(email, /page|link/i, (mail) => mail.text.includes("/me/open/")),
    "/me/open/",
  );
  await own.goto(link);
  await own.getByRole("button", { name: "Open my page" }).click();
  await expect(own.getByRole("heading", { name: "Morning check-in" })).toBeVisible();
  await own.goto(link);
  await expect(own.getByText("This link has ended")).toBeVisible();
});

test("a coach proposes an address, the old one agrees: the other phone is signed out, and the new address opens the page", async ({
  page,
  browser,
}) => {
  const [old, fresh] = [`ida.${Date.now()}@example.org`, `ida.new.${Date.now()}@example.org`];
  const { athlete, own, squadUrl } = await sharing(page, browser, "Ida", old);
  await page.goto(`${squadUrl}/athletes`);
  await page.getByLabel(`Change ${athlete.name}`).click();
  const entry = page.getByRole("listitem").filter({ hasText: athlete.name });
  await entry.getByLabel("E-mail", { exact: true }).fill(fresh);
  await entry.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(`Proposed: ${fresh}. Waiting for the athlete.`)).toBeVisible();

  await own.goto(me);
  await expect(own.getByText(`proposes another e-mail address: ${fresh}`)).toBeVisible();
  const visitor = await phone(browser);
  await visitor.goto(linkIn(await mailTo(old, /another address/), "/me/address/"));
  await expect(visitor.getByText(`proposes this address instead: ${fresh}`)).toBeVisible();
  await visitor.getByRole("button", { name: "Yes, change it" }).click();
  await expect(visitor.getByText("Your address was changed.")).toBeVisible();
  expect((await mailTo(old, /was changed/)).text).toContain(fresh);

  await own.goto(me);
  await own.waitForURL(/\/me\/sign-in/);
  await own.getByLabel("Your e-mail address").fill(fresh);
  await own.getByRole("button", { name: "Mail me a link" }).click();
  await own.goto(linkIn(await mailTo(fresh, /page|link/i), "/me/open/"));
  await own.getByRole("button", { name: "Open my page" }).click();
  await expect(own.getByText("You, e-mail address changed")).toBeVisible();
  await own.goto(`${me}/address`);
  await own.getByLabel("New address").fill(old);
  await own.getByRole("button", { name: "Change address" }).click();
  await expect(own.getByText("Your address was changed.")).toBeVisible();
  await expect(own.getByText(`E-mail: ${old}`)).toBeVisible();
});
