import { readFile } from "node:fs/promises";
import { expect, type Page } from "@playwright/test";
import { connect, invite, makeSquad, type Newcomer, newcomer, signIn } from "./support/people";
import { openProductDatabase, product, until } from "./support/product";
import { test } from "./support/test";

const database = openProductDatabase();
const me = `${product.origin}/me`;
let coach: Page;
let own: Page;
let ida: Newcomer;
let squadUrl: string;

test.describe.configure({ mode: "serial" });
test.beforeAll(async ({ browser }) => {
  coach = await browser.newPage({ locale: "en-GB" });
  await signIn(coach);
  squadUrl = await makeSquad(coach, `Own ${Date.now()}`);
  // A check-in can be changed until noon of the squad: there it is morning, whatever the clock says here.
  await database`update squads set time_zone = ${zoneWithMorning()}
    where id = ${new URL(squadUrl).pathname.split("/")[2] ?? ""}`;
  ida = newcomer("Ida");
  own = await connect(browser, await invite(coach, { name: ida.name }), ida);
});
test.afterAll(async () => {
  await own.context().close();
  await coach.close();
  await database.end();
});

function zoneWithMorning(): string {
  const offset = 8 - new Date().getUTCHours();
  const hours = offset < -12 ? offset + 24 : offset;
  return `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
}

const row = () => coach.getByRole("row").filter({ hasText: ida.name }).first();

async function openAthlete() {
  await coach.goto(squadUrl);
  await row().getByRole("link", { name: ida.name }).click();
  await expect(coach.getByRole("heading", { name: ida.name })).toBeVisible();
}

test("who looked is listed: the squad table, the athlete's page, the download", async () => {
  await openAthlete();
  const answer = await coach.request.get(
    `${product.origin}/api/exports${new URL(coach.url()).pathname}?days=30`,
  );
  expect(answer.ok()).toBe(true);
  await own.goto(`${me}/looks`);
  const looks = own.getByRole("main").getByRole("listitem");
  for (const what of ["squad table", "your page", "download"])
    await expect(looks.filter({ hasText: `Line Krogh, ${what}` })).toHaveCount(1);
});

test("the check-in takes five taps, is kept, and can be changed", async () => {
  await own.goto(me);
  for (const question of ["Sleep quality", "Fatigue", "Muscle soreness", "Life stress"])
    await own
      .getByRole("group", { name: question })
      .getByRole("radio", { name: /^3/ })
      .check({ force: true });
  await own.getByRole("button", { name: "Send" }).click();
  await expect(own.getByText("Your check-in was saved")).toBeVisible();
  await expect(own.getByRole("group", { name: "Fatigue" }).getByRole("radio", { name: /^3/ })).toBeChecked();
  await expect(own.getByRole("button", { name: "Change" })).toBeVisible();
});

test("what was sent before is listed on a page of its own", async () => {
  await database`insert into check_ins (team_id, athlete_id, date, sleep_quality, tags, note, answered_at)
    select team_id, id, '2026-01-02', 6, '{travel}', 'Long flight', '2026-01-02 06:00Z' from athletes where name = ${ida.name}`;
  await own.goto(me);
  await own.getByRole("link", { name: "What you sent before" }).click();
  await expect(own.getByRole("heading", { name: "Your check-ins" })).toBeVisible();
  const [today, before] = [own.getByRole("row").nth(1), own.getByRole("row").nth(2)];
  await expect(today.getByRole("cell")).toHaveText(["3", "3", "3", "3"]);
  await expect(before.getByRole("rowheader")).toHaveText("Fri 2 Jan");
  await expect(before.getByRole("cell")).toHaveText(["6", "–", "–", "–"]);
  await expect(own.getByRole("cell", { name: "Travelling. Long flight" })).toBeVisible();
  await own.getByRole("link", { name: "Back to my page" }).click();
  await own.waitForURL(me);
});

test("two tabs: the second adds to the first and empties nothing", async () => {
  await database`delete from check_ins where athlete_id in (select id from athletes where name = ${ida.name})`;
  await own.goto(me);
  const second = await own.context().newPage();
  await second.goto(me);
  const answer = (page: Page, question: string, step: string) =>
    page.getByRole("group", { name: question }).getByRole("radio", { name: new RegExp(`^${step}`) });
  await answer(own, "Sleep quality", "2").check({ force: true });
  await own.getByRole("button", { name: "Send" }).click();
  await expect(own.getByText("Your check-in was saved")).toBeVisible();
  await answer(second, "Fatigue", "6").check({ force: true });
  await second.getByRole("button", { name: "Send" }).click();
  await expect(second.getByText("Your check-in was saved")).toBeVisible();
  await expect(answer(second, "Sleep quality", "2")).toBeChecked();
  await expect(answer(second, "Fatigue", "6")).toBeChecked();
  await second.close();
});

test("without a network the check-in is not lost: it says so, keeps the answers, and goes when it is back", async () => {
  await database`delete from check_ins where athlete_id in (select id from athletes where name = ${ida.name})`;
  await own.goto(me);
  await own.context().setOffline(true);
  await expect(own.getByText(/^No network since/)).toBeVisible();
  const chosen = own.getByRole("group", { name: "Fatigue" }).getByRole("radio", { name: /^5/ });
  await chosen.check({ force: true });
  await own.getByRole("button", { name: "Send" }).click();
  await expect(own.getByText("Nothing was sent.")).toBeVisible();
  await own.context().setOffline(false);
  await expect(own.getByText(/^No network since/)).toHaveCount(0);
  await expect(chosen).toBeChecked();
  await own.getByRole("button", { name: "Send" }).click();
  await expect(own.getByText("Your check-in was saved")).toBeVisible();
});

test("the check-in works without JavaScript", async ({ browser }) => {
  const plain = await browser.newContext({
    javaScriptEnabled: false,
    locale: "en-GB",
    storageState: await own.context().storageState(),
  });
  const page = await plain.newPage();
  await page.goto(me);
  await page.getByRole("group", { name: "Muscle soreness" }).getByText("4", { exact: true }).click();
  await page.getByRole("button", { name: /Send|Change/ }).click();
  await expect(page.getByText("Your check-in was saved")).toBeVisible();
  await plain.close();
});

const table = "date;HRV RMSSD;HR\n2026-10-01;61,5;48\n2026-10-02;58,0;49\n";
const upload = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

test("morning readings are looked at before they are stored, and the coach sees them", async () => {
  await own.goto(`${me}/readings`);
  const part = own.getByRole("region", { name: "Upload a table" });
  await part.locator("input[type=file]").setInputFiles(upload("hrv.csv", table));
  await part.getByRole("button", { name: "Preview" }).click();
  await expect(part.getByText("RMSSD: choose its column.")).toBeVisible();
  await expect(part.getByRole("button", { name: /^Store/ })).toBeDisabled();
  await part.getByLabel("RMSSD ms").selectOption("HRV RMSSD");
  await part.getByRole("button", { name: "Update preview" }).click();
  await expect(part.getByRole("rowheader")).toHaveCount(2);
  await part.getByRole("button", { name: /^Store/ }).click();
  await expect(part.getByText("2 readings stored.")).toBeVisible();

  const rr = own.getByRole("region", { name: "Upload an RR file" });
  const intervals = Array.from({ length: 300 }, (_, at) => 960 + Math.round(40 * Math.sin(at)));
  await rr.locator("input[type=file]").setInputFiles(upload("rr.txt", intervals.join("\n")));
  await rr.getByRole("button", { name: "Read and store" }).click();
  await expect(rr.getByText(/300 intervals.*Stored\.$/)).toBeVisible();
  // What is no reading says why; what came of the latest file is still there after a reload.
  await rr.locator("input[type=file]").setInputFiles(upload("short.txt", intervals.slice(0, 50).join("\n")));
  await rr.getByRole("button", { name: "Read and store" }).click();
  await expect(rr.getByText("fewer than 60 beats.")).toBeVisible();
  await own.reload();
  await expect(rr.getByText("fewer than 60 beats.")).toBeVisible();
  // A file whose headings say nothing is asked about, and one that cannot be read names its line.
  const unknown = `time;value;pulse\n${intervals.map((ms, i) => `${i * 960};${ms};62`).join("\n")}`;
  await rr.locator("input[type=file]").setInputFiles(upload("unknown.csv", unknown));
  await rr.getByRole("button", { name: "Read and store" }).click();
  await expect(rr.getByLabel("Column of the RR intervals")).toHaveValue("");
  await rr.getByLabel("Column of the RR intervals").selectOption("value");
  await rr.getByRole("button", { name: "Read this column" }).click();
  await expect(rr.getByText("Read from the column value.")).toBeVisible();
  await rr
    .locator("input[type=file]")
    .setInputFiles(upload("broken.txt", intervals.join("\n").replace("960", "9x0")));
  await rr.getByRole("button", { name: "Read and store" }).click();
  await expect(rr.getByText("Line 1, RR intervals: not a number.")).toBeVisible();
  await openAthlete();
  await coach.goto(`${coach.url().split("?")[0]}/readings`);
  await expect(coach.getByRole("rowheader", { name: /1 Oct/ })).toBeVisible();
});

test("a table as large as one may be is looked at, and then stored", async () => {
  const days = 3_600;
  const line = (ago: number) => {
    const day = new Date(Date.now() - (days - ago) * 86_400_000).toISOString().slice(0, 10);
    return `${day};61,5;"48";"${"slept well, ".repeat(13)}${ago % 2 ? "" : "\u00e5"}"`;
  };
  const lines = ["date;rMSSD;HR;notes", ...Array.from({ length: days }, (_, ago) => line(ago))];
  const whole = Buffer.from(lines.join("\r\n"));
  expect(whole.byteLength).toBeGreaterThan(650_000);
  expect(whole.byteLength).toBeLessThan(700_000);
  await own.goto(`${me}/readings`);
  const part = own.getByRole("region", { name: "Upload a table" });
  const file = { name: "ten-years.csv", mimeType: "text/csv", buffer: whole };
  await part.locator("input[type=file]").setInputFiles(file);
  await part.getByRole("button", { name: "Preview" }).click();
  await part.getByRole("button", { name: "Update preview" }).click();
  await part.getByRole("button", { name: /^Store 3,?600/ }).click();
  await expect(part.getByText(/^3,?\d{3} readings stored/)).toBeVisible();
});

test("the download holds everything and no secret", async () => {
  await until("nights to be read", 90, async () => {
    const [found] = await database`select 1 from nights n join athletes a on a.id = n.athlete_id
      where a.name = ${ida.name} limit 1`;
    return found !== undefined;
  });
  await own.goto(me);
  const download = own.waitForEvent("download");
  await own.getByRole("link", { name: /^Download everything/ }).click();
  const text = await readFile(await (await download).path(), "utf8");
  const everything = JSON.parse(text);
  expect(everything).toMatchObject({ format: "restday-export/1", athlete: { name: ida.name } });
  for (const part of ["consents", "nights", "sleeps", "accessLog", "transactions", "rawPayloads"])
    expect(everything[part], part).not.toHaveLength(0);
  for (const part of [
    "checkIns",
    "morningReadings",
    "workouts",
    "workoutSamples",
    "readinessDays",
    "notes",
    "auditLog",
    "mailsAbout",
  ])
    expect(everything, part).toHaveProperty(part);
  expect(everything.consents[0].text).toContain("asks to see your Polar data");
  expect(text).not.toMatch(/sealed|tokenHash/i);
});

test("pausing shows to the coach since when, and going on says what is missing", async () => {
  await own.goto(me);
  await own.getByRole("link", { name: /^Pause sharing/ }).click();
  await own.getByRole("button", { name: "Pause now" }).click();
  await expect(own.getByText(/^Paused since/)).toBeVisible();
  await coach.goto(squadUrl);
  await expect(row().getByText(/^Sharing paused since/)).toBeVisible();
  await database`update athletes set paused_at = paused_at - interval '40 days' where name = ${ida.name}`;
  await own.goto(`${me}/pause`);
  await expect(own.getByRole("listitem").filter({ hasText: "Nightly Recharge" })).toBeVisible();
  await own.getByRole("button", { name: "Resume sharing" }).click();
  await expect(own.getByRole("heading", { name: "Sharing again" })).toBeVisible();
  await expect(own.getByText("This will stay missing from your pause")).toBeVisible();
  await coach.reload();
  await expect(row().getByText(/^Sharing paused since/)).toHaveCount(0);
});

test("a squad that asks for more asks again, and no is an answer", async () => {
  const settings = `${product.origin}/squads/${new URL(squadUrl).pathname.split("/")[2]}/settings`;
  const sleepWise = coach.locator("label").filter({ hasText: /^SleepWise/ });
  await coach.goto(settings);
  await expect(sleepWise).not.toContainText("Agreed");
  await sleepWise.getByRole("checkbox").check();
  await coach.getByRole("button", { name: "Save optional data" }).click();
  await expect(coach.getByText("Saved. Athletes see the question")).toBeVisible();
  await expect(sleepWise.getByRole("checkbox")).toBeChecked();
  await expect(sleepWise).toContainText("Agreed: nobody yet, of 1.");
  await own.goto(me);
  await own.getByRole("link", { name: "Read and decide" }).click();
  await expect(own.getByRole("heading", { level: 1 })).toContainText("asks for more");
  await own.getByRole("button", { name: "No, keep it as it is" }).click();
  await expect(own.getByText("Nothing changes")).toBeVisible();
  await expect(own.getByRole("link", { name: "Read and decide" })).toHaveCount(0);
  await own.goto(`${me}/more`);
  await own.getByRole("button", { name: "I agree" }).click();
  await expect(own.getByText("We are fetching the new data")).toBeVisible();
  await own.goto(`${me}/shared`);
  await expect(own.getByText(/asks for more of your Polar data/)).toBeVisible();
  await coach.goto(settings);
  await expect(sleepWise).toContainText(`Agreed: 1 of 1, ${ida.name}.`);
});
