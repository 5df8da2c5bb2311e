/** Sports on foot whose pace and steps coaches read, by their neutral names; what Polar names anew ends in "running". */
const ON_FOOT = new Set(["jogging", "ultrarunning", "orienteering", "trail-running", "treadmill-running"]);

/** True for runs of any kind. Water running has neither pace nor steps. */
export function isRun(sport: string): boolean {
  return ON_FOOT.has(sport) || (sport.endsWith("running") && sport !== "water-running");
}

/** Below this median no run is counted in steps of both feet: recreational runners take 150 to 190 a minute. */
const STEPS_FROM = 120;

/**
 * A run's cadence in steps of both feet per minute. Polar's stride sensors and watches count how often one foot lands
 * ("the number of times the foot with the stride sensor hits the ground per minute", RS800CX and V800 manuals; 85-95 in
 * elite runners), while AccessLink's appendix calls the unit "spm": a series whose median is that of one foot is doubled.
 * @param values per minute, null where the sensor was silent; zeros, standing, do not count for the median
 */
export function stepsPerMinute(values: readonly (number | null)[]): (number | null)[] {
  const moving = values.filter((value) => value !== null && value > 0).toSorted((a, b) => a! - b!);
  const median = moving[Math.floor(moving.length / 2)] ?? STEPS_FROM;
  const perFoot = median < STEPS_FROM;
  return perFoot ? values.map((value) => (value === null ? null : value * 2)) : [...values];
}

/** A run's seconds per kilometre; null for other sports and where there is no distance to speak of. */
export function runPace(of: { sport: string; durationMs: number; distanceM: number | null }): number | null {
  if (!isRun(of.sport) || of.distanceM === null || of.distanceM < 100 || of.durationMs <= 0) return null;
  return of.durationMs / of.distanceM;
}
