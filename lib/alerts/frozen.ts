/** What a morning mail said, kept as it was: ids, levels and whether the episode opened, rose or went on. */
export type FrozenNews = {
  athletes: { athleteId: string; level: string; news: "opened" | "escalated"; openedOn: string }[];
};
