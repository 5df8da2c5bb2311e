/** In-memory half of `npm run bench -- score`: how many athlete-days a second one core scores. */
import { pathToFileURL } from "node:url";
import { chance } from "../lib/readiness/backtest/chance";
import { replay } from "../lib/readiness/backtest/replay";
import type { DayColumns } from "../lib/readiness/columns";
import { scoreColumns } from "../lib/readiness/score-columns";
import { inventedSquad } from "../tests/support/readiness/invented-squad";

export type ScoreMeasure = {
  athletes: number;
  days: number;
  seconds: number;
  /** Of the processor alone: on a busy machine the clock tells more of the others. */
  processorSeconds: number;
  athleteDaysPerProcessorSecond: number;
};

/** Scores `athletes` invented histories of `days` days from arrays, after a warm-up, evidence not built. */
export function measureScoring(input: { athletes: number; days: number }): ScoreMeasure {
  const histories = Array.from({ length: input.athletes }, (_, seed) =>
    inventedHistory(seed + 1, input.days),
  );
  for (const history of histories.slice(0, 500)) scoreColumns(history, { baselineDays: 60 });
  const processor = process.cpuUsage();
  const start = performance.now();
  let withVerdict = 0;
  for (const history of histories)
    withVerdict += scoreColumns(history, { baselineDays: 60 }).reasons.at(-1) === 0 ? 1 : 0;
  const seconds = (performance.now() - start) / 1000;
  if (withVerdict === 0) throw new Error("the invented histories reached no verdict");
  const { user, system } = process.cpuUsage(processor);
  const processorSeconds = (user + system) / 1e6;
  const athleteDaysPerProcessorSecond = Math.round((input.athletes * input.days) / processorSeconds);
  return { ...input, seconds, processorSeconds, athleteDaysPerProcessorSecond };
}

/** Milliseconds to replay one squad of 40 athletes x 365 days under all presets, the best of five after a warm-up. */
export function measureReplay(): { athletes: number; days: number; milliseconds: number } {
  const athletes = inventedSquad({ athletes: 40, days: 365, autocorrelation: 0.25, missing: 0.1 });
  const runs = Array.from({ length: 6 }, () => {
    const start = performance.now();
    replay({ athletes, baselineDays: 60, days: 90 });
    return performance.now() - start;
  });
  return { athletes: 40, days: 365, milliseconds: Math.min(...runs.slice(1)) };
}

/** Seconds for 200 simulated seasons of the same squad. */
export function measureSeasons(): { seasons: number; seconds: number } {
  const athletes = inventedSquad({ athletes: 40, days: 365, autocorrelation: 0.25, missing: 0.1 });
  const start = performance.now();
  for (const { done, of } of chance({ athletes, baselineDays: 60, days: 90, seasons: 200 }))
    if (done === of) break;
  return { seasons: 200, seconds: (performance.now() - start) / 1000 };
}

/** Growth over 1,000, 3,000 and 10,000 athletes x 120 days. */
export function measureGrowth(): ScoreMeasure[] {
  return [1000, 3000, 10_000].map((athletes) => measureScoring({ athletes, days: 120 }));
}

function inventedHistory(seed: number, length: number): DayColumns {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const normal = () => random() + random() + random() + random() + random() + random() - 3;
  return {
    firstDay: 20_000,
    length,
    rmssdMs: Float64Array.from({ length }, () =>
      random() < 0.1 ? Number.NaN : Math.exp(4 + 0.2 * normal()),
    ),
    heartRateBpm: new Float64Array(length).fill(Number.NaN),
    load: Float64Array.from({ length }, () => (random() < 0.25 ? 0 : Math.round(50 + 200 * random()))),
    marks: new Uint8Array(length),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.table(measureGrowth());
  console.table([measureReplay()]);
  console.table([measureSeasons()]);
}
