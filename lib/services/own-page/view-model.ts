import type { LookKind } from "@/lib/access-log";
import type { CheckInTag, Question } from "@/lib/check-in";
import type { HistoryChoice } from "@/lib/consent";
import type { BaselineGrade, HrvSource, Level } from "@/lib/readiness/types";
import type { Phrase } from "@/lib/services/readiness/sentence";
import type { CivilDate } from "@/lib/time/civil-date";

export type Sharing = {
  state:
    | "connected"
    | "registering"
    | "paused"
    | "needs-reconnection"
    | "consent-missing"
    | "stopped"
    | "not-connected";
  since: Date | null;
  pausedAt: Date | null;
  /** When something last arrived from Polar. */
  lastReadAt: Date | null;
};

export type Look = {
  id: number;
  who: { kind: "person"; name: string } | { kind: "you" } | { kind: "system" };
  what: LookKind;
  lookedAt: Date;
};

/** What Polar's quota keeps waiting and until when, with what it takes to tell that in words. */
export type FirstSyncWait = {
  what: "registration" | "history";
  untilMs: number;
  timeZone: string;
  today: CivilDate;
};

export type OwnCheckIn = {
  questions: { question: Question; answer: number | null }[];
  tags: { tag: CheckInTag; ticked: boolean }[];
  note: string;
  /** What the form is drawn from, to travel with it; empty when nothing was sent. */
  basis: string;
  /** False once it was sent and noon has passed. */
  open: boolean;
  sent: boolean;
};

export type OwnLevel =
  | { kind: "hidden" }
  | { kind: "none" }
  | {
      kind: "day";
      date: CivilDate;
      level: Level;
      grade: BaselineGrade;
      /** The coach's sentence, and what makes it provisional; messages of the `levels` area. */
      phrases: Phrase[];
      /** A level that is worth a word with the coach. */
      calls: boolean;
    };

/** One night or morning of the athlete's own trend; ms throughout, null where there was none. */
export type OwnNight = {
  date: CivilDate;
  source: HrvSource;
  rmssdMs: number | null;
  mean7Ms: number | null;
  lowMs: number | null;
  highMs: number | null;
};

export type OwnPage = {
  athleteName: string;
  squadName: string;
  teamName: string;
  timeZone: string;
  today: CivilDate;
  sharing: Sharing;
  firstSyncWait: FirstSyncWait | null;
  /** What stands agreed; null when nothing is shared. `lines` are keys of the consent text. */
  consent: { acceptedAt: Date; history: HistoryChoice; lines: string[] } | null;
  /** Keys of what the squad asks for beyond that, and the athlete has not refused. */
  asksFor: string[];
  checkIn: OwnCheckIn;
  looks: { latest: Look[]; total: number };
  level: OwnLevel;
  /** The squad keeps the level to its coaches by now, and the athlete goes on seeing it as promised. */
  levelKept: boolean;
  /** The athlete's own address, and the one a coach proposes. */
  address: { email: string | null; proposed: string | null };
  trend: OwnNight[];
  /** When everything goes, after stopping. */
  deleteAfter: Date | null;
};

export type StreamProgress = {
  stream: string;
  line: string;
  found: number;
  read: number;
  /** Left alone, because it is from before the first day the athlete shares. */
  left: number;
  /** Payloads that nothing could be read of. */
  aside: number;
  state: "waiting" | "running" | "done" | "failed";
  errorCode: string | null;
};

export type Progress = {
  connection: Sharing["state"];
  done: boolean;
  streams: StreamProgress[];
  /** Nights with a reading so far: 14 make a provisional baseline, 30 a firm one. */
  readings: number;
  firstSyncWait: FirstSyncWait | null;
};
