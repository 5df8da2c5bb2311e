import { normalStream } from "../../../lib/readiness/backtest/random";
import type { DayInput } from "../../../lib/readiness/types";
import { addDays } from "../../../lib/time/civil-date";

type SquadShape = {
  athletes: number;
  days: number;
  autocorrelation: number;
  /** Share of nights without a reading, in holes of five. */
  missing?: number;
  seed?: number;
};

const FIRST = "2025-06-01";

/** Athletes to whom nothing happens: autoregressive readings about 55 ms, SD .2 in ln, load by the day of the week with noise. */
export function inventedSquad({
  athletes,
  days,
  autocorrelation,
  missing = 0,
  seed = 1,
}: SquadShape): DayInput[][] {
  const normal = normalStream(seed);
  const innovation = Math.sqrt(1 - autocorrelation ** 2);
  return Array.from({ length: athletes }, (_, athlete) => {
    let deviation = normal();
    return Array.from({ length: days }, (_, i) => {
      deviation = autocorrelation * deviation + innovation * normal();
      const isHole = (Math.floor(i / 5) * 7 + athlete * 3) % 100 < 100 * missing;
      return {
        date: addDays(FIRST, i),
        rmssdMs: isHole ? null : Math.exp(4 + 0.2 * deviation),
        load: i % 7 === athlete % 7 ? 0 : Math.max(0, Math.round(100 + 40 * normal())),
      };
    });
  });
}
