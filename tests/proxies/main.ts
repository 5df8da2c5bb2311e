import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "../../scripts/browser";
import { freePort, startProductAt } from "../support/product";
import { DOCUMENTED_HOST } from "./documented";
import { folderOf, installedProxies, type Scheme } from "./programs";
import { meetRefusal, pressButtons } from "./visit";

// npm run test:proxies: the product behind the proxies that are installed here, configured as docs/operate/edge.md says,
// with and without TLS, a port in APP_URL in both cases, and used with a real browser.

const { proxies, missing } = installedProxies();
for (const name of missing) console.log(`– ${name} is not installed: not tried`);
const found = await findBrowser();
const resolve = `--host-resolver-rules=MAP ${DOCUMENTED_HOST} 127.0.0.1`;
const browser = await chromium.launch({ ...found, args: [...(found?.args ?? []), resolve] });
const root = mkdtempSync(join(tmpdir(), "restday-proxies-"));
let failed = 0;

async function tried(what: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
    console.log(`✓ ${what}`);
  } catch (error) {
    failed += 1;
    console.log(`✗ ${what}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

async function tryAll(scheme: Scheme): Promise<void> {
  // The simulator calls the webhook where it can find it: by a name that every machine knows, without TLS.
  const host = scheme === "https" ? DOCUMENTED_HOST : "localhost";
  const place = { host, front: await freePort(), other: await freePort(), app: await freePort() };
  const appUrl = `${scheme}://${host}:${place.front}`;
  const product = await startProductAt({ port: place.app, appUrl });
  try {
    for (const proxy of proxies) {
      const running = await proxy.start({ folder: folderOf(root, `${proxy.name} ${scheme}`), place, scheme });
      const what = `${proxy.name}, ${scheme}`;
      await tried(`${what}: sign-in, a setting, a repair, an upload; without scripts as well`, () =>
        pressButtons(browser, appUrl),
      );
      await tried(`${what}: at an address that is not APP_URL a sentence names the setting`, () =>
        meetRefusal(browser, { appUrl, other: `${scheme}://${host}:${place.other}` }),
      );
      await running.stop();
    }
  } finally {
    await product.stop();
  }
}

try {
  for (const scheme of ["https", "http"] as const) await tryAll(scheme);
} finally {
  await browser.close();
  rmSync(root, { recursive: true, force: true });
}
process.exitCode = failed > 0 || proxies.length === 0 ? 1 : 0;
