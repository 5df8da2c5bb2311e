import type { MorningOrigin } from "@/db/queries/squad-morning";
import type { Cause, Verdict } from "@/lib/alerts/causes";
import type { LookCounts } from "@/lib/alerts/morning";
import type { Evidence } from "@/lib/readiness/evidence";
import type { Level, Preset } from "@/lib/readiness/types";
import type { Phrase } from "@/lib/services/readiness/sentence";
import type { CivilDate } from "@/lib/time/civil-date";
import type { MorningView } from "./morning";
import type { SquadRow } from "./row";

export type EpisodeView = {
  openedOn: CivilDate;
  /** 1 on the day it opened. */
  day: number;
  escalatedToday: boolean;
  /** It opened or rose on the day. */
  isNew: boolean;
};

export type VerdictView = {
  verdict: Verdict;
  cause: Cause | null;
  by: string | null;
  saidAtMs: number;
};

/** Sixty days up to the chosen date, oldest first, in own SD around the own baseline mean; null where there is no value. */
export type SparkView = {
  nights: (number | null)[];
  mean7: (number | null)[];
  episodes: { daysBefore: number; level: Level }[];
  /** False when there is no baseline: the band is not drawn, and values count from the shown nights' own mean. */
  hasBand: boolean;
  /** Nights with a value, and their mean in ms. */
  count: number;
  meanMs: number;
};

/** A night of the 21-night chart. */
type WhyNight = {
  daysBefore: number;
  rmssdMs: number | null;
  valid: boolean;
  mean7: number | null;
  load: number | null;
};

export type WhyView = {
  athleteId: string;
  name: string;
  date: CivilDate;
  level: Level;
  evidence: Evidence;
  sentence: Phrase;
  /** What the verdict is to be read with. */
  context: Phrase[];
  clearing: Phrase | null;
  provisional: Phrase | null;
  nights: WhyNight[];
  scoredAtMs: number;
  deviceId: string | null;
  morning: MorningOrigin | null;
  /** Share of athlete-days that reach a mailed level by chance alone, as a range. */
  chance: { low: number; high: number };
  episode: EpisodeView | null;
  verdict: VerdictView | null;
};

export type SquadView = {
  squad: { id: string; name: string; timeZone: string; preset: Preset };
  date: CivilDate;
  today: CivilDate;
  rows: SquadRow[];
  groups: string[];
  /** Local minutes after midnight at which last night's data came. */
  arrivals: number[];
  /** How many of the expected nights of the day are in by now, and how many sharing athletes none is expected of. */
  nights: { nightsIn: number; expected: number; notExpected: number };
  lastDataAtMs: number | null;
  scoredAtMs: number | null;
  needAction: number;
  /** Whole athletes a morning that chance alone would list. */
  chance: { from: number; to: number };
  news: LookCounts;
  counts: Record<Level, number>;
  /** Whether and on what the morning's mails were decided. */
  morning: MorningView;
};
