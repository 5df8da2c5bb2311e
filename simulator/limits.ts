import { type Limits, limitsFor } from "./rate-limit";
import type { Sim } from "./simulator";

/** The knob's limits, else the scenario's, else Polar's formula over the registered users. */
export function limitsNow(sim: Sim): Limits {
  return sim.state.knobs.rateLimits ?? sim.scenario.rateLimits ?? limitsFor(sim.state.registrations.length);
}
