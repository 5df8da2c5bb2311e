/** What an athlete agrees to of the time before: all that the provider still offers, or nothing. */
export const HISTORY_CHOICES = ["with-history", "from-now"] as const;
export type HistoryChoice = (typeof HISTORY_CHOICES)[number];
