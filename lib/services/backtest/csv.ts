import { csvOf } from "@/lib/csv";
import { PRESETS } from "@/lib/readiness/types";
import type { BacktestView } from "./view";

const RATES = [
  "mails",
  "mailsPerWeek",
  "episodes",
  "episodesPerAthleteMonth",
  "flaggedPerMorning",
  "flaggedShare",
] as const;

const HEADINGS = [
  "from",
  "to",
  "baseline_days",
  "preset",
  "rate",
  "athlete",
  "own",
  "chance_mean",
  "chance_low",
  "chance_high",
];

/** A back-test as CSV: every rate of every preset beside chance, then each athlete's episodes. Headings alone before there is a replay. */
export function backtestCsv(view: BacktestView): string {
  const { from, to, baselineDays, replay, chance, athletes } = view;
  if (!replay) return csvOf(HEADINGS, []);
  const figures = chance.state === "done" ? chance.figures.presets : null;
  const lines = PRESETS.flatMap((preset) => {
    const start = [from, to, baselineDays, preset];
    const rates = RATES.map((rate) => {
      const { mean = null, low = null, high = null } = figures?.[preset].chance[rate] ?? {};
      return [...start, rate, null, replay[preset][rate], mean, low, high];
    });
    const episodes = athletes.map(({ name, episodes }) => {
      return [...start, "episodes", name, episodes[preset], null, null, null];
    });
    return [...rates, ...episodes];
  });
  return csvOf(HEADINGS, lines);
}
