/** Which daily load a squad is scored on: Polar's figure of the day, or a sum over the day's sessions. */
export const LOAD_KINDS = ["cardio-load", "banister", "edwards", "session-rpe"] as const;

export type LoadKind = (typeof LOAD_KINDS)[number];

/** The kinds that are summed over sessions, from what each session carries. */
export type SessionLoadKind = Exclude<LoadKind, "cardio-load">;
