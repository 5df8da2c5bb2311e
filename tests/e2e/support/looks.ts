import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Every rule of axe, run in the page itself: our pages hold no frames, and a second page to sum up in costs more than the rules. */
export async function expectNoAxeViolation(page: Page, what: string, without: string[] = []) {
  expect(page.frames(), what).toHaveLength(1);
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] })
    .disableRules(without);
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`,
  );
  expect.soft(found, what).toEqual([]);
}

/** Phone, tablet upright, a narrow window, tablet lying, small and large laptop. */
const WIDTHS = [360, 768, 901, 1024, 1280, 1440];

/** The page does not scroll sideways, and no table is cut off by what holds it. */
export async function expectToFit(page: Page, path: string) {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const tooWide = await page.evaluate(() => {
      const sideways = document.documentElement.scrollWidth - window.innerWidth;
      const cut = [...document.querySelectorAll("table")].filter((table) => {
        const box = table.parentElement;
        if (!box || !["clip", "hidden"].includes(getComputedStyle(box).overflowX)) return false;
        return table.getBoundingClientRect().right > box.getBoundingClientRect().right;
      });
      return { sideways, cut: cut.length };
    });
    if (tooWide.sideways > 0) found.push(`${tooWide.sideways} px too wide at ${width} px`);
    if (tooWide.cut > 0) found.push(`a table is cut off at ${width} px`);
  }
  expect.soft(found, path).toEqual([]);
}

/** Nothing is cut off sideways on a narrow phone with letters twice as large. */
export async function expectToFitEnlarged(page: Page, path: string) {
  await page.setViewportSize({ width: 360, height: 800 });
  const sideways = await page.evaluate(() => {
    document.documentElement.style.fontSize = "200%";
    const beyond = document.documentElement.scrollWidth - window.innerWidth;
    document.documentElement.style.fontSize = "";
    return beyond;
  });
  expect.soft(sideways, `${path}: px too wide with letters at 200 %`).toBeLessThanOrEqual(0);
}

type Stop = { what: string; isMarked: boolean; isInView: boolean; coveredBy: string | null };

/** What has the focus: whether one sees where it is, and whether something lies over it. */
function focused(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (!(active instanceof HTMLElement) || active === document.body) return null;
    // What is drawn for a box that is unseen: the label around it, or the one beside it.
    const unseen = active.getBoundingClientRect().width <= 2 || getComputedStyle(active).opacity === "0";
    const drawn =
      (unseen && (active.closest("label") ?? active.nextElementSibling ?? active.parentElement)) || active;
    const box = drawn.getBoundingClientRect();
    const marks = [active, drawn, drawn.firstElementChild, active.nextElementSibling].flatMap((one) =>
      one ? [getComputedStyle(one)] : [],
    );
    const isMarked = marks.some(({ outlineStyle, outlineWidth, boxShadow }) => {
      return (outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    });
    const isInView =
      box.top < window.innerHeight && box.bottom > 0 && box.left < window.innerWidth && box.right > 0;
    const [x, y] = [box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 40) / 2];
    const over = document.elementFromPoint(x, y);
    const isFree = over === null || drawn.contains(over) || over.contains(drawn) || active.contains(over);
    return {
      what: `${active.tagName} ${active.getAttribute("name") ?? active.textContent?.trim().slice(0, 30)}`,
      isMarked,
      isInView,
      coveredBy: isFree ? null : over.outerHTML.slice(0, 80),
    };
  });
}

const MOST_STOPS = 150;

/** Tab reaches everything from top to bottom, marks it, and leaves nothing under a bar or out of sight. */
export async function expectKeyboardWay(page: Page, path: string) {
  await page.setViewportSize({ width: 360, height: 800 });
  const faults: string[] = [];
  let stops = 0;
  for (; stops < MOST_STOPS; stops++) {
    await page.keyboard.press("Tab");
    const stop = await focused(page);
    if (!stop) break;
    if (!stop.isMarked) faults.push(`${stop.what}: no mark of the focus`);
    if (!stop.isInView) faults.push(`${stop.what}: out of view`);
    if (stop.coveredBy) faults.push(`${stop.what}: below ${stop.coveredBy}`);
  }
  expect.soft(stops, `${path}: places that Tab reaches`).toBeGreaterThan(0);
  expect.soft(faults, `${path} by keyboard`).toEqual([]);
}
