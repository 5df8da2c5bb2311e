import { chromium, type Page } from "@playwright/test";
import { findBrowser } from "@/scripts/browser";

export type BrowserMeasure = {
  scriptGzipKb: number;
  /** From navigation to the end of the last long task around loading. */
  interactiveMs: number;
  /** Cumulative layout shift while loading and while scrolling to the end and back. */
  layoutShift: number;
  /** The longest time between two frames while the wheel turns to the end of the page. */
  longestFrameMs: number;
  /** From typing a name and Enter to the list with that athlete alone; null on pages without the field. */
  findMs: number | null;
};

/** Opens a page in a browser as a coach would, scrolls it to its end and looks for the last athlete. */
export async function measureInBrowser(
  url: string,
  { token, filters }: { token: string; filters: boolean },
): Promise<BrowserMeasure> {
  const browser = await chromium.launch(await findBrowser());
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([{ name: "restday-coach.session", value: token, url }]);
    const page = await context.newPage();
    const scripts: Promise<number>[] = [];
    page.on("requestfinished", (request) => {
      if (request.resourceType() === "script")
        scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
    });
    await page.addInitScript(watch);
    await page.goto(url, { waitUntil: "load" });
    await page.waitForTimeout(1_500);
    const interactiveMs = await page.evaluate(interactive);
    const scriptBytes = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0);
    const longestFrameMs = await page.evaluate(scrollThrough);
    return {
      scriptGzipKb: Math.round(scriptBytes / 100) / 10,
      interactiveMs: Math.round(interactiveMs),
      layoutShift:
        Math.round(1000 * (await page.evaluate(() => (window as unknown as Watched).shift))) / 1000,
      longestFrameMs: Math.round(longestFrameMs),
      findMs: filters ? await findLast(page) : null,
    };
  } finally {
    await browser.close();
  }
}

type Watched = { lastLongTask: number; shift: number };
type Shift = PerformanceEntry & { value: number };

function watch(): void {
  const held = window as unknown as Watched;
  held.lastLongTask = 0;
  held.shift = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries())
      held.lastLongTask = Math.max(held.lastLongTask, task.startTime + task.duration);
  }).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) held.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}

function interactive(): number {
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return Math.max(navigation?.domContentLoadedEventEnd ?? 0, (window as unknown as Watched).lastLongTask);
}

/** 600 px a frame to the end and back to the top; the longest frame in ms. */
async function scrollThrough(): Promise<number> {
  let longest = 0;
  for (const step of [600, -600]) {
    let last = performance.now();
    for (let before = -1; before !== window.scrollY; ) {
      before = window.scrollY;
      window.scrollBy(0, step);
      await new Promise(requestAnimationFrame);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
  }
  return longest;
}

async function findLast(page: Page): Promise<number> {
  const field = page.locator("#filter-find");
  await field.fill("Athlete 24");
  const start = performance.now();
  await field.press("Enter");
  await page.waitForURL(/find=/);
  await page.waitForFunction(() => document.querySelectorAll("tr[data-level]").length <= 15);
  return Math.round(performance.now() - start);
}
