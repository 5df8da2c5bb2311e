/**
 * Looks at every page as people see it: coach, operator, athlete and public pages, in light, dark and on a phone.
 * All pictures go to `docs/screenshots/all`, which git leaves out; the few that the documentation shows are kept small in
 * `docs/screenshots`. Needs a running demonstration whose squad is scored.
 */
import { mkdirSync } from "node:fs";
import { type Browser, chromium, type Page } from "@playwright/test";
import sharp from "sharp";
import { env } from "@/lib/env";
import { findBrowser } from "./browser";
import { adoptRuntimeEnvironment } from "./run/runtime";

const EVERYTHING = "docs/screenshots/all";
const KEPT = "docs/screenshots";

const IN_THE_DOCUMENTATION = [
  "squad-light",
  "squad-dark",
  "squad-phone",
  "athlete-light",
  "athlete-dark",
  "athlete-phone",
  "heatmap-light",
  "analysis-light",
  "alerts-light",
  "workout-light",
  "body-light",
  "roster-light",
  "empty-light",
  "connections-light",
  "operate-light",
  "operate-phone",
  "ledger-light",
  "invitation-phone",
  "me-phone",
  "mail-light",
];

const SIZES = { wide: { width: 1440, height: 1000 }, phone: { width: 390, height: 844 } };

type Look = { name: string; theme: "light" | "dark"; size: keyof typeof SIZES };
type Message = { subject: string; html: string };
type Pages = Record<string, string>;

const looks: Look[] = [
  { name: "light", theme: "light", size: "wide" },
  { name: "dark", theme: "dark", size: "wide" },
  { name: "phone", theme: "light", size: "phone" },
  { name: "phone-dark", theme: "dark", size: "phone" },
];

const at = (path: string) => `${env().APP_URL}${path}`;

async function open(browser: Browser, look: Look): Promise<Page> {
  const context = await browser.newContext({
    viewport: SIZES[look.size],
    colorScheme: look.theme,
    locale: "en-GB",
    deviceScaleFactor: look.size === "phone" ? 2 : 1,
  });
  await context.addCookies([{ name: "theme", value: look.theme, url: env().APP_URL }]);
  return await context.newPage();
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("networkidle");
  const png = await page.screenshot({ path: `${EVERYTHING}/${name}.png`, fullPage: true });
  const kept = IN_THE_DOCUMENTATION.includes(name);
  if (kept) await sharp(png).png({ palette: true, effort: 10 }).toFile(`${KEPT}/${name}.png`);
  console.log(`${kept ? KEPT : EVERYTHING}/${name}.png`);
}

async function signIn(page: Page): Promise<void> {
  await page.goto(at("/sign-in"));
  await page.getByRole("button", { name: "Sign in to the demonstration" }).click();
  await page.waitForURL(/\/squads/);
}

/** An athlete's own sign-in, through the account of the same name at the simulator. */
async function signInAsAthlete(page: Page, name: string): Promise<void> {
  await page.goto(at("/me/sign-in"));
  await page.getByRole("button", { name: "Continue with Polar" }).click();
  await page.waitForURL(`${env().POLAR_API_URL}/**`);
  await page.getByRole("radio", { name }).check();
  await page.getByRole("button", { name: "Allow access", exact: true }).click();
  await page.waitForURL(/\/me/);
}

async function hrefOf(page: Page, selector: string): Promise<string> {
  const href = await page.locator(selector).first().getAttribute("href");
  if (!href) throw new Error(`${page.url()} has no link ${selector}`);
  return href;
}

type Found = { pages: Pages; athleteName: string };

async function findPages(browser: Browser): Promise<Found> {
  const page = await open(browser, looks[0]!);
  await signIn(page);
  await page.goto(at("/squads"));
  await page.getByRole("main").getByRole("link", { name: "Fjordline distance squad", exact: true }).click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  const squad = page.url();
  const athlete = await hrefOf(page, "tr[data-level=recovery] a[href^='/athletes/']");
  await page.goto(at(athlete));
  const athleteName = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
  const workout = await hrefOf(page, "a[href*='/workouts/']");
  const payload = await hrefOf(page, "a[href^='/payloads/']");
  await page.context().close();
  const pages = {
    squad,
    athlete: at(athlete),
    "athlete-table": at(`${athlete}?view=table`),
    "athlete-year": at(`${athlete}?days=365`),
    body: at(`${athlete}/body`),
    readings: at(`${athlete}/readings`),
    workout: at(workout),
    payload: at(payload),
    heatmap: `${squad}/heatmap`,
    "heatmap-numbers": `${squad}/heatmap?days=56&numbers=1`,
    analysis: `${squad}/analysis`,
    alerts: `${squad}/alerts`,
    connections: `${squad}/connections`,
    roster: `${squad}/athletes`,
    settings: `${squad}/settings`,
    squads: at("/squads"),
    team: at("/settings/team"),
    operate: at("/operate"),
    ledger: at(athlete.replace("/athletes/", "/operate/athletes/")),
  };
  return { pages, athleteName };
}

/** Invites somebody into a squad of their own, so that there is an invitation to look at. */
async function makeInvitation(browser: Browser): Promise<{ link: string; emptySquad: string }> {
  const page = await open(browser, looks[0]!);
  await signIn(page);
  await page.getByLabel("Name", { exact: true }).fill("U23 rowing");
  await page.getByRole("button", { name: "Make squad" }).click();
  await page.waitForURL(/\/squads\/[0-9a-f-]{36}/);
  const emptySquad = page.url();
  await page.getByLabel("Name", { exact: true }).fill("Signe Holm");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  const link = await page.getByLabel("Invitation link for Signe Holm").inputValue();
  await page.context().close();
  return { link, emptySquad };
}

async function morningMail(): Promise<string> {
  const response = await fetch(`http://localhost:${env().MAILBOX_PORT}/messages`);
  const messages = (await response.json()) as Message[];
  const mail = messages.find(({ subject }) => subject.includes("to look at this morning"));
  if (!mail)
    throw new Error("No morning mail in the mailbox yet; wait until the demonstration squad is scored");
  return mail.html;
}

async function shootAll(page: Page, look: Look, pages: Pages): Promise<void> {
  for (const [name, url] of Object.entries(pages)) {
    await page.goto(url);
    await shoot(page, `${name}-${look.name}`);
  }
}

adoptRuntimeEnvironment();
for (const folder of [EVERYTHING, KEPT]) mkdirSync(folder, { recursive: true });
const browser = await chromium.launch(await findBrowser());
const { pages, athleteName } = await findPages(browser);
const { link, emptySquad } = await makeInvitation(browser);
const mail = await morningMail();
const visible = {
  start: at("/"),
  "sign-in": at("/sign-in"),
  "me-sign-in": at("/me/sign-in"),
  methods: at("/methods"),
  "methods-chapter": at("/methods/rules"),
};
const own = {
  me: at("/me"),
  "me-check-ins": at("/me/check-ins"),
  "me-shared": at("/me/shared"),
  "me-looks": at("/me/looks"),
  "me-leave": at("/me/leave"),
  "me-address": at("/me/address"),
};
for (const look of looks) {
  const page = await open(browser, look);
  await shootAll(page, look, { ...visible, invitation: link });
  await page.setContent(mail);
  await shoot(page, `mail-${look.name}`);
  await signIn(page);
  await shootAll(page, look, { ...pages, empty: emptySquad });
  await page.context().close();
  const phone = await open(browser, look);
  await signInAsAthlete(phone, athleteName);
  await shootAll(phone, look, own);
  await phone.context().close();
}
await browser.close();
