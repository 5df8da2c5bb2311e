import { type Observed, replay } from "../../../lib/readiness/backtest/replay";
import { type SlideCaught, slideCaught } from "../../../lib/readiness/backtest/slide";
import { scoreDays } from "../../../lib/readiness/score";
import type { Preset, ScoredDay } from "../../../lib/readiness/types";
import { inventedSquad } from "./invented-squad";

type Rules = { loadRisePercent: number; drift: boolean };
type Nights = { autocorrelation: number; missing?: number };

/** How nights may resemble their neighbours: the columns of docs/method/false-alarms.md. */
export const NIGHTS = {
  independent: { autocorrelation: 0 },
  ".25": { autocorrelation: 0.25 },
  alike: { autocorrelation: 0.45 },
  ".65": { autocorrelation: 0.65 },
  ".25 and 20 % missing": { autocorrelation: 0.25, missing: 0.2 },
} as const satisfies Record<string, Nights>;

/** Days of which nothing is counted: they fill the baseline and the reference of R7. */
const BEFORE = 90;
const COUNTED = 210;

/** What every preset tells of invented athletes to whom nothing happens, counted as a squad's own days are. */
export function tellsByChance(
  nights: Nights,
  { athletes, ...rules }: Rules & { athletes: number },
): Record<Preset, Observed> {
  const days = BEFORE + COUNTED;
  return replay({
    athletes: inventedSquad({ ...nights, athletes, days, seed: 2 }),
    ...rules,
    baselineDays: 60,
    days: COUNTED,
  });
}

/** How surely every preset notices a slide of `dropSd` within 14 days, autocorrelation .25. */
export function slidesCaught({
  athletes,
  dropSd,
  ...rules
}: Rules & { athletes: number; dropSd: number }): Record<Preset, SlideCaught> {
  const squad = inventedSquad({ athletes, days: 150, autocorrelation: 0.25, seed: 3 });
  const run = slideCaught({ athletes: squad, ...rules, baselineDays: 60, days: 90, seasons: 2, dropSd });
  for (;;) {
    const step = run.next();
    if (step.done) return step.value;
  }
}

const DROPPED_DAYS = [10, 20, 30, 45] as const;
const BEFORE_DROP = 150;

/** Share of athletes for whom `unexplained` holds so many days after a lasting drop, by R4 alone and by R4 or R7; autocorrelation .25. */
export function unexplainedAfterDrop({ athletes, dropSd }: { athletes: number; dropSd: number }) {
  const days = BEFORE_DROP + Math.max(...DROPPED_DAYS);
  const sd = 0.2;
  const scored = inventedSquad({ athletes, days, autocorrelation: 0.25, seed: 4 }).map((history) =>
    scoreDays({
      settings: { baselineDays: 60, preset: "brief" },
      days: history.map((day, i) =>
        i < BEFORE_DROP ? day : { ...day, rmssdMs: day.rmssdMs! * Math.exp(-dropSd * sd) },
      ),
    }),
  );
  return DROPPED_DAYS.map((day) => {
    const on = scored.map((history) => history[BEFORE_DROP + day - 1]!);
    const share = (holds: (one: ScoredDay) => boolean) => on.filter(holds).length / athletes;
    return {
      day,
      byR4: share(({ guards }) => guards.lowThreeDays),
      byEither: share(({ guards }) => guards.lowThreeDays || guards.settledLower),
    };
  });
}
