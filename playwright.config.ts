import { defineConfig } from "@playwright/test";
import { findBrowser } from "./scripts/browser";

const browser = await findBrowser();

/** What is tried on the demonstration squad, which is read and scored meanwhile. */
const ON_THE_SQUAD = [
  "columns",
  "demonstration",
  "figures",
  "finnish",
  "operate",
  "pages",
  "worker-killed",
].map((name) => `**/${name}.spec.ts`);

/** `npm run test:input` asks for the walk; it takes minutes, and `npm test` leaves it out. */
const isWalk = process.env.INPUT_WHOLE === "1" || process.env.INPUT_SEED !== undefined;
const apart = isWalk ? [] : ["**/what-no-form-sends.spec.ts"];

/** The browser tests drive one real product: demonstration mode, its own data folder, built beforehand. */
export default defineConfig({
  testDir: "tests/e2e",
  workers: 1,
  // What passes only when repeated is named at the end of the run.
  retries: 1,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [["list"], ["json"]] : [["list"]],
  // One worker runs them in this order: nobody waits for the squad who needs it not.
  projects: [
    { name: "people", testIgnore: [...ON_THE_SQUAD, ...apart] },
    { name: "squad", testMatch: ON_THE_SQUAD },
  ],
  globalSetup: "./tests/support/product.ts",
  use: {
    launchOptions: browser,
    locale: "en-GB",
    timezoneId: "Europe/Helsinki",
    // A trace of everything costs a quarter of the time; --trace retain-on-failure asks for it.
    screenshot: "only-on-failure",
  },
});
