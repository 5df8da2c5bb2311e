/** Fitness and fatigue as of the evening of a day. */
export type FitnessFatigue = {
  ctl: number;
  atl: number;
  /** Yesterday's CTL minus yesterday's ATL; null on the first day. */
  tsb: number | null;
  /** The averages start at 0: for the first 42 days they understate. */
  settling: boolean;
};

/** How much of a new day enters an average of `days`: 1 - exp(-1/days), or the 1/days of many web charts. */
export type Smoothing = "exponential" | "linear";

const CTL_DAYS = 42;
const ATL_DAYS = 7;

/**
 * Chronic (42 d) and acute (7 d) training load and their balance, one entry a day; an unknown load leaves both as they
 * were. After Banister's impulse response: Morton, Fitz-Clarke & Banister 1990, J Appl Physiol 69:1171.
 */
export function fitnessFatigue(
  loads: readonly (number | null)[],
  smoothing: Smoothing = "exponential",
): FitnessFatigue[] {
  const share = (days: number) => (smoothing === "exponential" ? 1 - Math.exp(-1 / days) : 1 / days);
  let ctl = 0;
  let atl = 0;
  return loads.map((load, day) => {
    const tsb = day === 0 ? null : ctl - atl;
    if (load !== null) {
      ctl += (load - ctl) * share(CTL_DAYS);
      atl += (load - atl) * share(ATL_DAYS);
    }
    return { ctl, atl, tsb, settling: day < CTL_DAYS };
  });
}
