/** How a sport is named on the wire and what its recordings hold. */
export type Sport = {
  detailed: string;
  sport: string;
  /** Share of heart rate reserve of a usual session. */
  intensity: number;
  /** Metres per second, for sports that cover ground. */
  speedMps?: number;
  outdoor?: true;
  /** Swings between hard and easy rather than holding a level. */
  intervals?: true;
  running?: true;
  cycling?: true;
};

const sports: Sport[] = [
  { detailed: "RUNNING", sport: "RUNNING", intensity: 0.68, speedMps: 3.2, outdoor: true, running: true },
  { detailed: "ROAD_RUNNING", sport: "RUNNING", intensity: 0.7, speedMps: 3.4, outdoor: true, running: true },
  {
    detailed: "TRAIL_RUNNING",
    sport: "RUNNING",
    intensity: 0.7,
    speedMps: 2.7,
    outdoor: true,
    running: true,
  },
  {
    detailed: "TRACK_AND_FIELD_RUNNING",
    sport: "RUNNING",
    intensity: 0.74,
    speedMps: 3.9,
    outdoor: true,
    running: true,
    intervals: true,
  },
  { detailed: "ROAD_BIKING", sport: "CYCLING", intensity: 0.62, speedMps: 8.2, outdoor: true, cycling: true },
  {
    detailed: "MOUNTAIN_BIKING",
    sport: "CYCLING",
    intensity: 0.66,
    speedMps: 5.1,
    outdoor: true,
    cycling: true,
  },
  { detailed: "INDOOR_CYCLING", sport: "CYCLING", intensity: 0.66, cycling: true, intervals: true },
  { detailed: "SOCCER", sport: "SOCCER", intensity: 0.7, speedMps: 1.7, outdoor: true, intervals: true },
  {
    detailed: "FIELD_HOCKEY",
    sport: "OTHER",
    intensity: 0.69,
    speedMps: 1.6,
    outdoor: true,
    intervals: true,
  },
  { detailed: "ICE_HOCKEY", sport: "ICE_HOCKEY", intensity: 0.72, intervals: true },
  { detailed: "HANDBALL", sport: "HANDBALL", intensity: 0.71, intervals: true },
  { detailed: "BASKETBALL", sport: "BASKETBALL", intensity: 0.7, intervals: true },
  { detailed: "ROWING", sport: "ROWING", intensity: 0.7, speedMps: 3.9, outdoor: true },
  { detailed: "POOL_SWIMMING", sport: "SWIMMING", intensity: 0.64, speedMps: 0.95 },
  { detailed: "STRENGTH_TRAINING", sport: "STRENGTH_TRAINING", intensity: 0.48, intervals: true },
  {
    detailed: "XC_SKIING_CLASSIC",
    sport: "CROSS-COUNTRY_SKIING",
    intensity: 0.7,
    speedMps: 3.6,
    outdoor: true,
  },
  { detailed: "WALKING", sport: "WALKING", intensity: 0.36, speedMps: 1.45, outdoor: true },
  { detailed: "OTHER_INDOOR", sport: "OTHER", intensity: 0.55 },
];

export const sportNames = sports.map((sport) => sport.detailed);

/** A sport by its detailed name; one we have no picture of is recorded as it is called. */
export function sportNamed(detailed: string): Sport {
  return sports.find((sport) => sport.detailed === detailed) ?? { detailed, sport: "OTHER", intensity: 0.6 };
}
