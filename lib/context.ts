import type { Logger } from "pino";
import type { Db } from "../db/client";

export type Role = "owner" | "coach" | "viewer";

/** Who acts. Every service verb states which of these may call it. */
export type Actor =
  | { kind: "coach"; userId: string; role: Role }
  | { kind: "athlete"; athleteId: string }
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
