import type {
  DayEntry,
  NapEntry,
  NightEntry,
  NoteEntry,
  StreamEntry,
  SyncEntry,
  WorkoutEntry,
} from "@/db/queries/athlete-card";
import type { AthleteDayRow, NewUsual } from "@/db/queries/athlete-days";
import type { DayPayload } from "@/db/queries/payloads";
import type { Preset } from "@/lib/readiness/types";
import type { CivilDate } from "@/lib/time/civil-date";
import type { AthleteEpisodes } from "../episodes/view-athlete";
import type { SourceView } from "../sources/view";
import type { SquadRow, WhyView } from "../squads/view-model";
import type { LoadCardView } from "./load-card";

export type { DayEntry, NightEntry };

/** One day of the athlete's charts; RMSSD means and baselines are ln values, as scored. */
export type AthleteDay = AthleteDayRow;

export type AthleteView = {
  athlete: { id: string; name: string; groupName: string | null };
  squad: { id: string; name: string; timeZone: string; preset: Preset };
  today: CivilDate;
  /** First and last day of the charts. */
  from: CivilDate;
  to: CivilDate;
  /** The day the evidence stands for. */
  day: CivilDate;
  /** Today as on the squad view; null before anything arrived. */
  row: SquadRow | null;
  why: WhyView | null;
  days: AthleteDay[];
  notes: NoteEntry[];
  workouts: (WorkoutEntry & { paceSPerKm: number | null })[];
  load: LoadCardView;
  sync: SyncEntry[];
  streams: StreamEntry[];
  episodes: AthleteEpisodes;
  source: SourceView;
  /** Days from which on a coach took the athlete's level as usual, the latest first. */
  newUsuals: NewUsual[];
  devices: { deviceId: string; since: string; nights: number }[];
  /** The night that ended on the day; null when nothing came of it. */
  night: NightEntry | null;
  /** Other sleeps of the day. */
  naps: NapEntry[];
  /** Activity and check-in of the day. */
  dayEntry: DayEntry | null;
  /** What Polar sent for the day, for those who may read it. */
  dayPayloads: DayPayload[];
  neighbours: { before: string | null; after: string | null };
};

export type StoppedView = {
  stopped: true;
  athlete: { id: string; name: string };
  squad: { id: string; name: string };
};
