import type { Arena } from "./arena";
import { LAMBDA } from "./constants";

// Read once: a bundler turns every mention of an imported constant into a call.
const { acute: ACUTE, chronic: CHRONIC } = LAMBDA;

/** Load as of yesterday: index t holds what is known on the morning of day t. */
export type LoadWindows = {
  /** Sum of the known loads of the 7 days ending yesterday; NaN without 7 days of history or without a known one. */
  sum7: Float64Array;
  /** How many of those 7 days are known. */
  known7: Uint8Array;
  /** Exponentially weighted means, lambda 2/8 and 2/29, seeded with the first known day; NaN before it. */
  ewma7: Float64Array;
  ewma28: Float64Array;
};

/** Unknown load is not rest: it leaves the weighted means as they were and is left out of the sums. Williams 2017, doi:10.1136/bjsports-2016-096589. */
export function loadWindows(load: Float64Array, space: Arena): LoadWindows {
  const { length } = load;
  const sum7 = space.floats();
  const known7 = space.bytes();
  const ewma7 = space.floats();
  const ewma28 = space.floats();
  const knownLoad = space.floats();
  let acute = Number.NaN;
  let chronic = Number.NaN;
  let known = 0;
  for (let t = 0; t < length; t++) {
    if (!Number.isNaN(load[t])) knownLoad[t] = load[t]!;
    const yesterday = t > 0 ? load[t - 1]! : Number.NaN;
    if (!Number.isNaN(yesterday)) {
      known++;
      acute = !Number.isNaN(acute) ? acute + ACUTE * (yesterday - acute) : yesterday;
      chronic = !Number.isNaN(chronic) ? chronic + CHRONIC * (yesterday - chronic) : yesterday;
    }
    if (t > 7 && !Number.isNaN(load[t - 8])) known--;
    ewma7[t] = acute;
    ewma28[t] = chronic;
    known7[t] = known;
    sum7[t] = t >= 7 && known > 0 ? sumOfWeek(knownLoad, t - 7) : Number.NaN;
  }
  return { sum7, known7, ewma7, ewma28 };
}

// Always summed afresh and in the same order, so that two equal weeks compare as equal.
function sumOfWeek(load: Float64Array, from: number): number {
  return (
    load[from]! +
    load[from + 1]! +
    load[from + 2]! +
    load[from + 3]! +
    load[from + 4]! +
    load[from + 5]! +
    load[from + 6]!
  );
}

/** Change of a week's load against the week before, in percent; null after a week without any load. Both wholly known. */
export function changePercent(week: number, before: number): number | null {
  return before === 0 ? null : (100 * (week - before)) / before;
}
