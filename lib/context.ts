import type { Logger } from "pino";
import type { Db } from "../db/client";

/** What a member of a team may be, from the one that may most: `owner` runs the installation, `coach` runs squads, `viewer` only reads. */
export const ROLES = ["owner", "coach", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Those who run squads, and are mailed. */
export const COACHING_ROLES = ["owner", "coach"] as const satisfies readonly Role[];

/**
 * Who acts. Every service verb states which of these may call it. `since`: when the athlete signed in; absent where a
 * link proved for this one act who it is.
 */
export type Actor =
  | { kind: "coach"; userId: string; role: Role }
  | { kind: "athlete"; athleteId: string; since?: Date }
  | { kind: "job"; job: string }
  | { kind: "visitor" };

/** What every service verb gets. `teamId` scopes every query; jobs and visitors have none until a verb finds theirs. */
export type Context = {
  db: Db;
  actor: Actor;
  teamId: string | null;
  now: Date;
  log: Logger;
};
