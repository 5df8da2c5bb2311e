import type { Level } from "../readiness/types";

/** Mails with news of a squad: the morning's, and what came after it. */
export const NEWS_KINDS = ["morning", "later-today"] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** What is news of an episode: it opened, or its level rose. */
export const NEWS_STEPS = ["opened", "escalated"] as const;
export type NewsStep = (typeof NEWS_STEPS)[number];

/** What a morning mail said, kept as it was: ids, levels and whether the episode opened, rose or went on. */
export type FrozenNews = {
  athletes: { athleteId: string; level: Level; news: NewsStep; openedOn: string }[];
};
