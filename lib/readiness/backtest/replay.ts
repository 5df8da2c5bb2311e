import type { Preset } from "../types";
import { type BacktestInput, byPreset, prepare } from "./prepare";
import { type Rates, ratesOf } from "./rates";
import { type Tally, tallyOf } from "./tally";

export type Observed = Rates & Tally;

/**
 * What each preset would have told this squad on the counted mornings, every due mail taken as sent.
 * Throws ReadinessInputError as scoring does.
 */
export function replay(input: BacktestInput): Record<Preset, Observed> {
  const { athletes, period } = prepare(input);
  return byPreset((preset) => {
    const tally = tallyOf(athletes, preset, period);
    return { ...tally, ...ratesOf(tally) };
  });
}
