/** What a coach may make of an episode: seen, or one of three judgements. */
export const VERDICTS = ["acknowledged", "useful", "known-cause", "false-alarm"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Those that judge it. */
export const JUDGEMENTS = ["useful", "false-alarm", "known-cause"] as const satisfies readonly Verdict[];

/** What a coach may name as the known cause of an episode. */
export const CAUSES = [
  "ill",
  "injured",
  "travel",
  "altitude",
  "heat",
  "alcohol",
  "short-sleep",
  "life-stress",
  "planned-load",
  "detraining",
  "device",
  "other",
] as const;
export type Cause = (typeof CAUSES)[number];
