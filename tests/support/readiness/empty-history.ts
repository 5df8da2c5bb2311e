import type { History } from "@/db/queries/histories";

/** What is stored of an athlete of whom nothing has arrived. */
export const EMPTY_HISTORY: History = {
  nights: { days: [], rmssdMs: [], heartRateBpm: [] },
  otherNights: { days: [], sourceIds: [], metrics: [] },
  loads: { days: [], load: [] },
  devices: { days: [], deviceIds: [], utcOffsetMinutes: [] },
  otherDevices: { days: [], sourceIds: [] },
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
