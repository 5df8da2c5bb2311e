import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import {
  NIGHTS,
  slidesCaught,
  tellsByChance,
  unexplainedAfterDrop,
} from "../../../tests/support/readiness/before-data";
import { OFFERED_RISE_PERCENT } from "../constants";
import type { Preset } from "../types";
import { beforeData, LASTING_DROP } from "./before-data";

// Many histories each: generous where a machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const PRESETS = ["brief", "balanced", "quiet"] as const satisfies readonly Preset[];
/** A seventh of the athletes that the printed figures come from. */
const ATHLETES = 300;
const RULES = [true, false].flatMap((drift) =>
  OFFERED_RISE_PERCENT.map((loadRisePercent) => ({ drift, loadRisePercent })),
);
const page = (name: string) =>
  readFileSync(new URL(`../../../docs/method/${name}.md`, import.meta.url), "utf8");

/** Figures of the table row that begins with a name: `.053` as .053. */
function rowOf(text: string, name: string): number[] {
  const row = text.split("\n").find((line) => line.startsWith(`| ${name} |`));
  return row!
    .split("|")
    .slice(2, -1)
    .flatMap((cell) => [...cell.matchAll(/[\d.]+/g)].map(([figure]) => Number(figure)));
}

describe("the figures told before a squad has data, simulated again", () => {
  test.each(RULES)("margin $loadRisePercent %, drift rule $drift", (rules) => {
    const told = [NIGHTS.independent, NIGHTS.alike].map((nights) =>
      tellsByChance(nights, { ...rules, athletes: ATHLETES }),
    );
    const caught = slidesCaught({ ...rules, athletes: ATHLETES, dropSd: 1.5 });
    for (const preset of PRESETS) {
      const { flaggedShare, episodesPerAthleteMonth, slideCaught } = beforeData(preset, rules);
      const episodes = told.map((one) => one[preset].episodesPerAthleteMonth).sort((a, b) => a - b);
      expect(Math.abs(told[0]![preset].flaggedShare - flaggedShare.low), preset).toBeLessThan(0.004);
      expect(Math.abs(told[1]![preset].flaggedShare - flaggedShare.high), preset).toBeLessThan(0.008);
      expect(Math.abs(episodes[0]! - episodesPerAthleteMonth.low), preset).toBeLessThan(0.07);
      expect(Math.abs(episodes[1]! - episodesPerAthleteMonth.high), preset).toBeLessThan(0.07);
      expect(Math.abs(caught[preset].share - slideCaught.share), preset).toBeLessThan(0.06);
      expect(Math.abs(caught[preset].medianDay! - slideCaught.medianDay), preset).toBeLessThanOrEqual(1);
    }
  });

  test("shares of docs/method/false-alarms.md by how nights resemble their neighbours", () => {
    const told = Object.values(NIGHTS).map((nights) =>
      tellsByChance(nights, { loadRisePercent: 5, drift: true, athletes: ATHLETES }),
    );
    for (const preset of PRESETS) {
      const stated = rowOf(page("false-alarms"), `\`${preset}\``);
      expect(stated.length).toBe(told.length);
      for (const [i, share] of stated.entries())
        expect(Math.abs(told[i]![preset].flaggedShare - share), `${preset} ${i}`).toBeLessThan(0.012);
      expect([stated[0], stated[2]]).toEqual([
        beforeData(preset).flaggedShare.low,
        beforeData(preset).flaggedShare.high,
      ]);
    }
  });

  test("slides of docs/method/false-alarms.md by their depth", () => {
    for (const dropSd of [1, 1.5, 2]) {
      const caught = slidesCaught({ loadRisePercent: 5, drift: true, athletes: ATHLETES, dropSd });
      const stated = rowOf(page("false-alarms"), `${dropSd} SD`);
      for (const [i, preset] of PRESETS.entries()) {
        expect(Math.abs(caught[preset].share - stated[2 * i]!), `${dropSd} ${preset}`).toBeLessThan(0.06);
        expect(Math.abs(caught[preset].medianDay! - stated[2 * i + 1]!)).toBeLessThanOrEqual(1);
      }
    }
  });

  test("a lasting drop, as docs/method/rules.md states it: R4 forgets it, R4 or R7 does not", () => {
    for (const dropSd of [1, 1.5, 2]) {
      const found = unexplainedAfterDrop({ athletes: ATHLETES, dropSd });
      const stated = rowOf(page("rules"), `${dropSd} SD`);
      if (dropSd === LASTING_DROP.dropSd) {
        const at = found.findIndex(({ day }) => day === LASTING_DROP.day);
        expect([LASTING_DROP.byR4, LASTING_DROP.byEither]).toEqual([stated[2 * at], stated[2 * at + 1]]);
      }
      for (const [i, { byR4, byEither }] of found.entries()) {
        expect(Math.abs(byR4 - stated[2 * i]!), `${dropSd} SD, R4, ${i}`).toBeLessThan(0.09);
        expect(Math.abs(byEither - stated[2 * i + 1]!), `${dropSd} SD, either, ${i}`).toBeLessThan(0.09);
      }
    }
  });
});
