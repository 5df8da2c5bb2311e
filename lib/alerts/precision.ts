import { wilsonInterval } from "../analysis/wilson";
import type { Verdict } from "./causes";

/** How many of an athlete's episodes helped, as far as coaches said. */
export type Precision = {
  useful: number;
  knownCause: number;
  falseAlarm: number;
  /** Episodes with one of the three verdicts; one that was only seen is not judged. */
  judged: number;
  /** What `judged` has to reach before a share is named. */
  needed: number;
  /** The share of useful ones with its 95 % interval; null below `needed`. */
  share: { value: number; low: number; high: number } | null;
};

/** Fewer leave an interval that spans more than half of all there is. */
const FEWEST_JUDGED = 5;

/** The precision that verdicts on episodes amount to. Pure; docs/method/episodes.md. */
export function precisionOf(verdicts: readonly Verdict[]): Precision {
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  const [useful, knownCause, falseAlarm] = [count("useful"), count("known-cause"), count("false-alarm")];
  const judged = useful + knownCause + falseAlarm;
  const share = judged < FEWEST_JUDGED ? null : { value: useful / judged, ...wilsonInterval(useful, judged) };
  return { useful, knownCause, falseAlarm, judged, needed: FEWEST_JUDGED, share };
}
