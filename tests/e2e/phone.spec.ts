import { type Browser, expect, type Page } from "@playwright/test";
import { englishOn } from "./support/english";
import { expectKeyboardWay, expectNoAxeViolation, expectToFitEnlarged } from "./support/looks";
import { invite, inviteToTeam, makeSquad, newcomer, openOwnPage, signIn } from "./support/people";
import { openProductDatabase, product } from "./support/product";
import { test } from "./support/test";

/** What athletes, parents and viewers see on a narrow phone: in both languages, by keyboard, with large letters. */

const database = openProductDatabase();
test.afterAll(() => database.end());

const LANGUAGES = ["en", "fi"] as const;

async function narrow(browser: Browser): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 800 },
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  return await context.newPage();
}

/** Each page in each language, and what a person would stumble over there. */
async function walk(page: Page, paths: readonly string[]) {
  for (const language of LANGUAGES) {
    await page.context().addCookies([{ name: "locale", value: language, url: product.origin }]);
    for (const path of paths) {
      const what = `${language} ${path}`;
      const answer = await page.goto(product.origin + path);
      expect.soft(answer?.status(), what).toBeLessThan(400);
      // Colours are the same in both languages and looked at with the pages.
      await expectNoAxeViolation(page, what, ["color-contrast"]);
      await expectToFitEnlarged(page, what);
      await expectKeyboardWay(page, what);
      if (language === "fi") expect.soft(await englishOn(page), what).toEqual([]);
    }
  }
}

/** Somebody of the demonstration squad, read and scored. */
async function someAthlete() {
  const [found] = await database<{ athlete: string; squad: string; email: string; workout: string }[]>`
    select a.id as athlete, a.squad_id as squad, a.email,
      (select w.id from workouts w where w.athlete_id = a.id order by w.start_at desc limit 1) as workout
    from athletes a join squads s on s.id = a.squad_id join readiness_days d on d.athlete_id = a.id
    where s.name = 'Fjordline distance squad' and d.level = 'flag' order by d.date desc, a.email limit 1`;
  if (!found) throw new Error("Nobody of the demonstration squad is scored");
  return found;
}

test("an athlete's pages on a narrow phone", async ({ browser }) => {
  test.setTimeout(400_000);
  const { email } = await someAthlete();
  const page = await narrow(browser);
  await openOwnPage(page, email);
  const parts = [
    "",
    "/connected",
    "/check-ins",
    "/looks",
    "/shared",
    "/leave",
    "/pause",
    "/readings",
    "/address",
    "/how",
  ];
  await walk(
    page,
    parts.map((part) => `/me${part}`),
  );
});

test("a viewer's pages on a narrow phone, and no button there that a viewer may not press", async ({
  page,
  browser,
}) => {
  test.setTimeout(400_000);
  await signIn(page);
  const email = `vera.${Date.now()}@example.org`;
  const viewer = await narrow(browser);
  await viewer.goto(await inviteToTeam(page, email, "viewer"));
  await viewer.getByLabel("Your name").fill("Vera Lund");
  await viewer.getByRole("button", { name: /^Join/ }).click();
  await viewer.waitForURL(/\/squads$/);
  const { athlete, squad, workout } = await someAthlete();
  const parts = ["", "/athletes", "/heatmap", "/analysis", "/alerts", "/connections", "/settings"];
  const pages = ["", "/readings", "/body", `/workouts/${workout}`];
  await walk(viewer, [
    "/squads",
    ...parts.map((part) => `/squads/${squad}${part}`),
    ...pages.map((part) => `/athletes/${athlete}${part}`),
    "/settings/team",
  ]);
  await viewer.context().addCookies([{ name: "locale", value: "en", url: product.origin }]);
  await viewer.goto(`${product.origin}/squads/${squad}/settings`);
  await expect(viewer.getByText("A coach or the owner can change these.")).toBeVisible();
  await expect(viewer.getByLabel("Name", { exact: true })).toHaveValue("Fjordline distance squad");
  await expect(viewer.getByRole("button", { name: /Save/ })).toHaveCount(0);
});

test("where athletes and parents come in, on a narrow phone", async ({ page, browser }) => {
  test.setTimeout(400_000);
  await signIn(page);
  await makeSquad(page, `Narrow ${Date.now()}`);
  const link = new URL(await invite(page, { name: newcomer("Nea").name })).pathname;
  const visitor = await narrow(browser);
  await walk(visitor, [
    link,
    `${link}?say=denied`,
    "/invite/forged",
    "/me/sign-in",
    "/me/sign-in?say=check-mail",
    "/me/open/forged",
    "/sign-in",
    "/mail/stop/forged/choice",
  ]);
});
