import { type Browser, expect, type Page } from "@playwright/test";
import { expectNoAxeViolation, expectToFit } from "./support/looks";
import { linkIn, mailsSoFar, mailTo } from "./support/mailbox";
import { invite, makeSquad, phone, signIn } from "./support/people";
import { openProductDatabase, product, until } from "./support/product";
import { pageRoutes, routeOf } from "./support/routes";
import { test } from "./support/test";

const database = openProductDatabase();
test.afterAll(() => database.end());
// One after another in one worker: the last test asks what the others have seen.
test.describe.configure({ mode: "serial" });

const routes = pageRoutes();
/** Routes of the pages that were looked at. */
const seen = new Set<string>();
const nobody = "00000000-0000-4000-8000-000000000000";
const forged = "x".repeat(43);

/** Wide in light, then a phone in the dark: axe on both, and everything fits at any width. */
async function look(page: Page, path: string, status = 200) {
  await page.setViewportSize({ width: 1440, height: 900 });
  const answer = await page.goto(product.origin + path);
  expect.soft(answer?.status(), path).toBe(status);
  const arrived = routeOf(new URL(page.url()).pathname, routes);
  expect.soft(arrived, `${path} ended on ${page.url()}`).toBe(routeOf(path, routes));
  if (status === 200 && arrived) seen.add(arrived);
  const setTheme = (theme: string) =>
    page.evaluate((value) => document.documentElement.setAttribute("data-theme", value), theme);
  await setTheme("light");
  await expectNoAxeViolation(page, `${path} in light`);
  await page.setViewportSize({ width: 360, height: 800 });
  await setTheme("dark");
  await expectNoAxeViolation(page, `${path} in dark on a phone`);
  await expectToFit(page, path);
}

type Scored = { athlete: string; squad: string; email: string; workout: string; payload: string };

/** An athlete of the demonstration with everything a page can show. */
function scoredAthlete(): Promise<Scored> {
  return until("a scored athlete with a workout", 240, async () => {
    const [found] = await database<Scored[]>`
      select a.id as athlete, a.squad_id as squad, a.email,
        (select w.id from workouts w where w.athlete_id = a.id limit 1) as workout,
        (select p.id from raw_payloads p where p.athlete_id = a.id limit 1) as payload
      from athletes a join squads s on s.id = a.squad_id
      join readiness_days d on d.athlete_id = a.id and d.level in ('flag', 'recovery')
      where s.name = 'Fjordline distance squad' and exists (select from workouts w where w.athlete_id = a.id)
      order by d.date desc, a.email limit 1`;
    return found;
  });
}

async function calm(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", reducedMotion: "reduce" });
  return await context.newPage();
}

/** Looks at every other page in a second window meanwhile: each page is a process of its own. */
async function lookInTwo(windows: readonly [Page, Page], paths: readonly string[]) {
  await Promise.all(
    windows.map(async (page, at) => {
      for (const path of paths.filter((_, i) => i % 2 === at)) await look(page, path);
    }),
  );
}

async function lookAsCoach(browser: Browser, paths: (found: Scored) => string[]) {
  test.setTimeout(600_000);
  const page = await calm(browser);
  await signIn(page);
  await lookInTwo([page, await page.context().newPage()], paths(await scoredAthlete()));
}

test("a squad's pages", ({ browser }) =>
  lookAsCoach(browser, ({ squad }) =>
    ["", "/athletes", "/heatmap", "/analysis", "/alerts", "/settings", "/connections"].map(
      (path) => `/squads/${squad}${path}`,
    ),
  ));

test("an athlete's pages as the coach sees them", ({ browser }) =>
  lookAsCoach(browser, ({ athlete, workout, payload }) => [
    ...[
      "",
      "?view=table",
      "/readings",
      "/body",
      "/with/load-1",
      "/with/life-stress-0",
      `/workouts/${workout}`,
    ].map((path) => `/athletes/${athlete}${path}`),
    `/payloads/${payload}`,
  ]));

test("the team's and the operator's pages", ({ browser }) =>
  lookAsCoach(browser, ({ athlete, squad }) => [
    "/squads",
    "/settings/team",
    "/operate",
    `/operate/athletes/${athlete}`,
    `/invite/preview/${squad}`,
  ]));

test("a page nobody may see says so without telling whether it exists", async ({ page }) => {
  await signIn(page);
  for (const path of [`/squads/${nobody}`, `/athletes/${nobody}`]) await look(page, path, 404);
});

test("an athlete's pages, also while paused and after stopping", async ({ browser }) => {
  test.setTimeout(400_000);
  const { athlete, squad, email } = await scoredAthlete();
  const page = await calm(browser);
  await page.goto(`${product.origin}/me/sign-in`);
  const older = await mailsSoFar();
  await page.getByLabel("Your e-mail address").fill(email);
  await page.getByRole("button", { name: "Mail me a link" }).click();
  const mail = await mailTo(email, /./, ({ id, text }) => !older.has(id) && text.includes("/me/open/"));
  const link = new URL(linkIn(mail, "/me/open/")).pathname;
  await look(page, link);
  await page.goto(product.origin + link);
  await page.getByRole("button", { name: "Open my page" }).click();
  await database`update squads set optional_streams = '{sleepwise}' where id = ${squad}`;
  try {
    const parts = [
      "",
      "/connected",
      "/check-ins",
      "/looks",
      "/shared",
      "/leave",
      "/pause",
      "/readings",
      "/more",
    ];
    await lookInTwo(
      [page, await page.context().newPage()],
      [...parts, "/address", "/how"].map((part) => `/me${part}`),
    );
    await proposeAddress(browser, squad, athlete);
    await look(page, "/me");
    await look(page, "/me/address");
    const asked = await mailTo(email, /another address/);
    await look(await calm(browser), new URL(linkIn(asked, "/me/address/")).pathname);
    await look(page, "/me?say=saved");
    await database`update athletes set paused_at = now() - interval '40 days' where id = ${athlete}`;
    await look(page, "/me");
    await look(page, "/me/pause");
    await database`update athletes set paused_at = null, stopped_at = now(), delete_after = now() + interval '30 days'
      where id = ${athlete}`;
    await look(page, "/me");
    await look(page, "/me/leave");
  } finally {
    await database`update athletes set paused_at = null, stopped_at = null, delete_after = null,
      proposed_email = null where id = ${athlete}`;
    await database`update squads set optional_streams = '{}' where id = ${squad}`;
  }
});

/** A coach proposes another address to an athlete of the squad. */
async function proposeAddress(browser: Browser, squad: string, athlete: string) {
  const page = await calm(browser);
  await signIn(page);
  await page.goto(`${product.origin}/squads/${squad}/athletes`);
  const entry = page.getByRole("listitem").filter({ has: page.locator(`a[href="/athletes/${athlete}"]`) });
  await entry.getByText("Change", { exact: true }).click();
  await entry.getByLabel("E-mail", { exact: true }).fill("another.address@example.org");
  await entry.getByRole("button", { name: "Save" }).click();
  await expect(entry.getByText("Proposed: another.address@example.org")).toBeVisible();
}

test("public pages, invitations and links, open and ended", async ({ page, browser }) => {
  test.setTimeout(400_000);
  await signIn(page);
  const empty = new URL(await makeSquad(page, `Pages ${Date.now()}`)).pathname.split("/")[2];
  await look(page, `/squads/${empty}/start`);
  await page.setViewportSize({ width: 1440, height: 900 });
  const link = new URL(await invite(page, { name: "Ada Page" })).pathname;
  const visitor = await calm(browser);
  await lookInTwo(
    [visitor, await visitor.context().newPage()],
    [
      "/",
      "/sign-in",
      "/sign-in/check-mail",
      "/methods",
      "/methods/rules",
      "/methods/load",
      "/me/sign-in",
      "/me/sign-in?say=deleted",
      "/me/sign-in?error=Configuration",
      link,
      `${link}?say=denied`,
      `/invite/${forged}`,
      `${link}/declined`,
      ...["/sign-in/link", "/join", "/claim"].map((path) => `${path}/${forged}`),
      `/mail/stop/${forged}/choice`,
      "/offline",
    ],
  );
  await database`update athletes set page_claimed_at = now() where name = 'Ada Page'`;
  await look(visitor, link);
  await look(visitor, "/nowhere", 404);
});

test("no page of the app was left out", () => {
  expect(routes.filter((route) => !seen.has(route))).toEqual([]);
});

test("the manifest can be installed: name, start page, standalone, icons that are there", async ({
  browser,
}) => {
  const visitor = await phone(browser);
  await visitor.goto(product.origin);
  const href = await visitor.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await visitor.request.get(new URL(href ?? "", product.origin).href)).json();
  expect(manifest).toMatchObject({ name: "Restday", start_url: "/", scope: "/", display: "standalone" });
  const sizes = manifest.icons.map(
    (icon: { sizes: string; purpose: string }) => `${icon.sizes} ${icon.purpose}`,
  );
  expect(sizes).toEqual(["any any", "192x192 any", "512x512 any", "512x512 maskable"]);
  const apple = await visitor.locator("link[rel=apple-touch-icon]").getAttribute("href");
  for (const src of [...manifest.icons.map((icon: { src: string }) => icon.src), apple]) {
    const icon = await visitor.request.get(new URL(src, product.origin).href);
    expect(icon.headers()["content-type"], src).toMatch(/^image\/(svg\+xml|png)/);
  }
});
