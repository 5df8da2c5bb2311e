/** How much is replayed and simulated (docs/method/false-alarms.md). */
export const SEASON_PLAN = {
  /** The last mornings that are counted, at most and at least. */
  mostMornings: 90,
  fewestMornings: 30,
  /** Seasons in which nothing changes. */
  seasons: 200,
  /** Seasons with a planted slide, each with one slide per athlete, and its depth in own SDs. */
  slideSeasons: 25,
  slideDropSd: 1.5,
} as const;
