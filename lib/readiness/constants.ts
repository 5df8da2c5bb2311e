/** Parameters of the method; docs/method states each with its source. */

/** A reading outside of this range in ms is no valid RMSSD. */
export const VALID_RMSSD_MS = { min: 5, max: 250 } as const;

/** A robust SD for normal data: this times the median absolute deviation. */
export const MAD_TO_SD = 1.4826;

/** Suspect: at least `minValid` values in `days`, further than `madFactor` robust SDs and than `minDistance` (ln) from their median. */
export const SUSPECT = { days: 60, minValid: 14, madFactor: 4 * MAD_TO_SD, minDistance: 0.56 } as const;

/** Calendar days of the baseline window a squad may choose. */
export const BASELINE_DAYS = { min: 60, max: 90, default: 60 } as const;

/** Valid nights that make a baseline provisional, and firm. */
export const BASELINE_NIGHTS = { provisional: 14, firm: 30 } as const;

/** Rolling means of x: calendar days, and the valid nights they need. */
export const MEAN7 = { days: 7, minValid: 4 } as const;
export const MEAN28 = { days: 28, minValid: 14 } as const;

/** The trend test needs this many valid nights of the last seven, and fires below this one-sided p. */
export const TREND = { days: 7, minValid: 4, alpha: 0.1 } as const;

/** Days after a change of device or source without a verdict. */
export const SETTLING_DAYS = 14;

/** Drift: at least `minValid` nights in the `days` ending yesterday, and a fitted change over them of more than `changeSd` SDs. */
export const DRIFT = { days: 60, minValid: 30, changeSd: 1 } as const;

/** R7 holds when the mean of the last two weeks, from `minValid` nights on, lies more than one SD below the reference. */
export const MEAN14 = { days: 14, minValid: 8 } as const;

/** What R7 compares with: the days from 90 to 31 days ago. A baseline that ends yesterday follows a lasting drop down. */
export const REFERENCE = { days: 60, lag: 31, minValid: 30 } as const;

/** What a squad has until somebody chooses: how much more than the week before a week must hold to count as rising, and R7. */
export const RULE_DEFAULTS = { loadRisePercent: 5, drift: true } as const;

/** Percent by which a week of load must exceed the one before: the whole numbers that can be set. */
export const LOAD_RISE_PERCENT = { min: 0, max: 50 } as const;

/** Those that a squad's page offers. */
export const OFFERED_RISE_PERCENT = [0, 5, 10, 15] as const;

/** A heart rate of a night or of a lying recording outside of this range in bpm is none. */
export const VALID_HEART_RATE_BPM = { min: 25, max: 120 } as const;

/** Travel: a jump of zones of at least `minHours`, labelled for a day per hour. */
export const TRAVEL = { minHours: 3 } as const;

/** Smoothing of the two exponentially weighted load averages: 2 / (N + 1), N = 7 and 28. */
export const LAMBDA = { acute: 2 / 8, chronic: 2 / 29 } as const;
