import { expect, type Page } from "@playwright/test";
import { makeSquad, signIn } from "./support/people";
import { openProductDatabase, product, until } from "./support/product";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());
test.use({ viewport: { width: 1280, height: 900 } });

const squadName = "Fjordline distance squad";
const nobody = "00000000-0000-4000-8000-000000000000";

type Athlete = { id: string; name: string; squad: string };

/** Two neighbours by name in the demonstration's squad, with nights. */
function neighbours(): Promise<[Athlete, Athlete]> {
  return until("two scored athletes", 240, async () => {
    const [one, other] = await database<Athlete[]>`
      select a.id, a.name, a.squad_id as squad from athletes a join squads s on s.id = a.squad_id
      where s.name = ${squadName} and a.stopped_at is null
        and exists (select from readiness_days d where d.athlete_id = a.id) order by a.name, a.id limit 2`;
    return one && other ? [one, other] : undefined;
  });
}

/** One of each, wherever somebody is: nothing of the frame is missing, and nothing is there twice. */
async function expectOneFrame(page: Page, what: string) {
  for (const part of [
    'a[href="#content"]',
    "header",
    "main#content",
    "h1",
    "footer",
    "body > aside",
    "body > [role=status]",
  ])
    await expect(page.locator(part), `${part} on ${what}`).toHaveCount(1);
}

const nav = (page: Page) => page.getByRole("navigation", { name: "Squad", exact: true });
const switchOf = (page: Page) => page.locator("header summary > span");

/** A mark that is gone once the browser loads a whole page anew. */
const markPage = (page: Page) => page.evaluate(() => document.body.setAttribute("data-same-page", ""));
const expectSamePage = (page: Page) => expect(page.locator("body[data-same-page]")).toHaveCount(1);

test("a squad's pages share one frame, which follows as somebody goes on, back and forward", async ({
  page,
}) => {
  const [{ squad }] = await neighbours();
  await signIn(page);
  await page.goto(`${product.origin}/squads/${squad}`);
  await markPage(page);
  for (const [name, path] of [
    ["Heatmap", "/heatmap"],
    ["Analysis", "/analysis"],
    ["Alerts", "/alerts"],
    ["Connections", "/connections"],
    ["Athletes", "/athletes"],
    ["This morning", ""],
  ] as const) {
    await nav(page).getByRole("link", { name, exact: true }).click();
    await page.waitForURL(`${product.origin}/squads/${squad}${path}`);
    await expect(page).toHaveTitle(`${name} · ${squadName} · Restday`);
    await expect(nav(page).locator("[aria-current=page]")).toHaveText(name);
    await expectOneFrame(page, name);
    await expect(page.locator("form[action='/preferences'] input[name=next]").first()).toHaveValue(
      `/squads/${squad}${path}`,
    );
  }
  await page.goBack();
  await expect(nav(page).locator("[aria-current=page]")).toHaveText("Athletes");
  await expect(page).toHaveTitle(`Athletes · ${squadName} · Restday`);
  await page.goForward();
  await expect(nav(page).locator("[aria-current=page]")).toHaveText("This morning");
  await expectSamePage(page);
});

test("another squad's page shows the other's name, and menus close behind whoever goes on", async ({
  page,
}) => {
  const [{ squad }] = await neighbours();
  await signIn(page);
  // A title says the name as it is: no mark-up, and nothing that stands for something else.
  const other = `50%s $& <b>Juniors</b> ${Date.now()}`;
  const made = new URL(await makeSquad(page, other)).pathname;
  await expect(page).toHaveTitle(`This morning · ${other} · Restday`);
  await expect(switchOf(page)).toHaveText(other);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Invite your first athletes");
  await markPage(page);
  await page.locator("header summary").first().click();
  await page.getByRole("navigation", { name: "Switch squad" }).getByRole("link", { name: squadName }).click();
  await page.waitForURL(`${product.origin}/squads/${squad}`);
  await expect(switchOf(page)).toHaveText(squadName);
  await expect(page.locator("tr[data-level]").first()).toBeVisible();
  await expect(page.locator("header details[open]")).toHaveCount(0);
  await page.locator("header summary").first().click();
  await page.getByRole("link", { name: "Squad settings" }).click();
  await page.waitForURL(/settings$/);
  await expect(page.locator("header details[open]")).toHaveCount(0);
  await expect(page).toHaveTitle(`Squad settings · ${squadName} · Restday`);
  await expectSamePage(page);
  await page.goto(product.origin + made);
  await expectOneFrame(page, "an empty squad");
});

test("a squad that somebody else renames or adds shows without a reload", async ({ page }) => {
  const [{ squad }] = await neighbours();
  await signIn(page);
  const name = `Renamed ${Date.now()}`;
  const made = new URL(await makeSquad(page, "Soon renamed")).pathname.split("/")[2] ?? "";
  await page.goto(`${product.origin}/squads/${squad}/heatmap`);
  await markPage(page);
  await database`update squads set name = ${name} where id = ${made}`;
  await expect(page.locator(`header a[href="/squads/${made}"]`)).toHaveText(name, { timeout: 40_000 });
  await expectSamePage(page);
});

test("an athlete's pages are named after the athlete, and j and k lead to the neighbours", async ({
  page,
}) => {
  const [one, other] = await neighbours();
  await signIn(page);
  await page.goto(`${product.origin}/athletes/${one.id}`);
  await expect(page).toHaveTitle(`${one.name} · Restday`);
  await expect(switchOf(page)).toHaveText(squadName);
  await expect(nav(page).locator("[aria-current]")).toHaveCount(0);
  await markPage(page);
  await page.keyboard.press("j");
  await page.waitForURL(`${product.origin}/athletes/${other.id}`);
  await expect(page).toHaveTitle(`${other.name} · Restday`);
  await page.keyboard.press("k");
  await page.waitForURL(`${product.origin}/athletes/${one.id}`);
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await page.waitForURL(`${product.origin}/squads/${one.squad}/heatmap`, { timeout: 5_000 });
  }).toPass();
  await expectSamePage(page);
  for (const [path, title] of [
    ["/body", "Body and activity"],
    ["/readings", "Morning readings"],
    ["/with/load-1", "Days behind a correlation"],
  ] as const) {
    await page.goto(`${product.origin}/athletes/${one.id}${path}`);
    await expect(page).toHaveTitle(`${title} · ${one.name} · Restday`);
    await expectOneFrame(page, path);
  }
});

test("the team's pages share a frame without a squad", async ({ page }) => {
  const [one] = await neighbours();
  await signIn(page);
  for (const path of ["/squads", "/settings/team", "/operate", `/operate/athletes/${one.id}`]) {
    await page.goto(product.origin + path);
    await expectOneFrame(page, path);
    await expect(nav(page)).toHaveCount(0);
  }
  await expect(page).toHaveTitle(`Ledger · ${one.name} · Restday`);
});

test("the tab key goes from the skip link through the header into the page", async ({ page }) => {
  const [{ squad }] = await neighbours();
  await signIn(page);
  await page.goto(`${product.origin}/squads/${squad}/heatmap`);
  await page.keyboard.press("Tab");
  await expect(page.locator('a[href="#content"]')).toBeFocused();
  const order: string[] = [];
  for (let steps = 0; steps < 40; steps++) {
    await page.keyboard.press("Tab");
    const place = await page.evaluate(() => {
      const at = document.activeElement;
      return ["body > aside", "header", "main"].find((part) => at?.closest(part)) ?? "elsewhere";
    });
    if (order.at(-1) !== place) order.push(place);
    if (place === "main") break;
  }
  expect(order).toEqual(["body > aside", "header", "main"]);
});

/** What a page says and looks like, without the address and what differs from one load to the next. */
async function answerTo(page: Page, path: string) {
  const answer = await page.goto(product.origin + path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing here");
  return {
    status: answer?.status(),
    title: await page.title(),
    text: await page.locator("body").innerText(),
  };
}

test("another team's squad and athlete look as if there were none, with a way on", async ({ page }) => {
  await signIn(page);
  const [theirs] = await database<{ squad: string; athlete: string }[]>`
    with team as (insert into teams (name) values ('Another team') returning id),
      squad as (insert into squads (team_id, name, time_zone) select id, 'Their squad', 'Europe/Helsinki' from team
        returning id, team_id)
    insert into athletes (team_id, squad_id, name) select team_id, id, 'Their athlete' from squad
      returning id as athlete, squad_id as squad`;
  const none = await answerTo(page, `/squads/${nobody}`);
  expect(none).toMatchObject({ status: 404, title: expect.stringContaining("Restday") });
  expect(none.text).not.toMatch(/Their|Another team/);
  for (const path of ["", "/heatmap", "/athletes", "/settings", "/alerts", "/start"])
    expect(await answerTo(page, `/squads/${theirs?.squad}${path}`)).toEqual(
      await answerTo(page, `/squads/${nobody}${path}`),
    );
  for (const path of ["", "/body", "/readings"])
    expect(await answerTo(page, `/athletes/${theirs?.athlete}${path}`)).toEqual(none);
  await page.getByRole("link", { name: "Go to your squads" }).click();
  await page.waitForURL(`${product.origin}/squads`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Squads");
});

test("titles are in the coach's language", async ({ browser }) => {
  const [one] = await neighbours();
  const page = await (await browser.newContext({ locale: "fi-FI" })).newPage();
  await page.goto(`${product.origin}/sign-in`);
  await page.locator("form[action='/api/demo/sign-in'] button").click();
  await page.waitForURL(/\/squads/);
  await page.context().addCookies([{ name: "locale", value: "fi", url: product.origin }]);
  await page.goto(`${product.origin}/squads/${one.squad}/heatmap`);
  await expect(page).toHaveTitle(`Lämpökartta · ${squadName} · Restday`);
  await page.goto(`${product.origin}/athletes/${one.id}/body`);
  await expect(page).toHaveTitle(`Keho ja aktiivisuus · ${one.name} · Restday`);
  await page.goto(`${product.origin}/squads/${nobody}`);
  await expect(page.getByRole("link", { name: "Omiin ryhmiin" })).toBeVisible();
});
