/** Simulates the figures of lib/readiness/backtest/before-data.ts and docs/method/false-alarms.md: `node --import tsx bench/before-data.ts`. */
import { OFFERED_RISE_PERCENT } from "../lib/readiness/constants";
import type { Preset } from "../lib/readiness/types";
import {
  NIGHTS,
  slidesCaught,
  tellsByChance,
  unexplainedAfterDrop,
} from "../tests/support/readiness/before-data";

const PRESETS = ["brief", "balanced", "quiet"] as const satisfies readonly Preset[];
const ATHLETES = 2000;

for (const drift of [true, false]) {
  for (const loadRisePercent of OFFERED_RISE_PERCENT) {
    const rules = { loadRisePercent, drift, athletes: ATHLETES };
    const [low, high] = [tellsByChance(NIGHTS.independent, rules), tellsByChance(NIGHTS.alike, rules)];
    const slides = slidesCaught({ ...rules, dropSd: 1.5 });
    for (const preset of PRESETS) {
      const of = [low[preset], high[preset]];
      const shares = of.map((told) => Number(told.flaggedShare.toFixed(3)));
      const episodes = of
        .map((told) => Number(told.episodesPerAthleteMonth.toFixed(2)))
        .sort((a, b) => a - b);
      const { share, medianDay } = slides[preset];
      const row = [
        drift,
        loadRisePercent,
        preset,
        ...shares,
        ...episodes,
        Number(share.toFixed(2)),
        medianDay,
      ];
      console.log(`  ${JSON.stringify(row).replaceAll(",", ", ")},`);
    }
  }
}
for (const [name, nights] of Object.entries(NIGHTS)) {
  const told = tellsByChance(nights, { loadRisePercent: 5, drift: true, athletes: ATHLETES });
  for (const preset of PRESETS) console.log(name, preset, told[preset].flaggedShare.toFixed(3));
}
for (const dropSd of [1, 1.5, 2]) {
  const caught = slidesCaught({ loadRisePercent: 5, drift: true, athletes: ATHLETES, dropSd });
  for (const preset of PRESETS)
    console.log(`slide ${dropSd}`, preset, caught[preset].share.toFixed(2), caught[preset].medianDay);
}
for (const dropSd of [1, 1.5, 2])
  for (const { day, byR4, byEither } of unexplainedAfterDrop({ athletes: ATHLETES, dropSd }))
    console.log(`drop ${dropSd} day ${day}`, byR4.toFixed(2), byEither.toFixed(2));
