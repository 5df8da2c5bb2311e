import type { History } from "@/db/queries/histories";

/** What is stored of an athlete of whom nothing has arrived. */
export const EMPTY_HISTORY: History = {
  nights: { days: [], rmssdMs: [], heartRateBpm: [] },
  loads: { days: [], load: [] },
  devices: { days: [], deviceIds: [], utcOffsetMinutes: [] },
  mornings: { days: [], rmssdMs: [], heartRateBpm: [], deviceIds: [] },
  sourceChoices: { days: [], sources: [] },
  sessionOffsets: { days: [], utcOffsetMinutes: [] },
  notTravelDays: [],
  sessions: { days: [], load: [] },
  summaryDays: [],
  confirmedDays: [],
  newUsualDays: [],
  excludedDays: { days: [], tags: [] },
};
