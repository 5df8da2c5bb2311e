import type { Logger } from "pino";
import type { Db } from "../db/client";

/** What a member of a team may be, from the one that may most: `owner` runs the installation, `coach` runs squads, `viewer` only reads. */
export const ROLES = ["owner", "coach", "viewer"] as const;
export type Role = (typeof ROLES)[number];

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

/** Who is told from whom by what they may do: the members of a team by their role, everybody else by their kind. */
export type Party = Role | Exclude<Actor["kind"], "coach">;

const READING = [
  "squads.view",
  "athletes.view",
  "team.view",
  "invitations.view",
  "language.choose",
  "forecast.view",
] as const;

const COACHING = [
  "squads.create",
  "squads.change",
  "athletes.invite",
  "athletes.change",
  "athletes.remove",
  "days.annotate",
  "episodes.judge",
  "source.choose",
  "readings.write",
  "recordings.read",
  "sync.ask",
  "access.end",
  "mails.get",
  "mails.list",
] as const;

const OWNING = [
  "squads.archive",
  "coaches.invite",
  "coaches.change",
  "operation.view",
  "operation.repair",
  "webhook.manage",
  "payloads.view",
  "demonstration.fill",
] as const;

/**
 * The one table of rights: what each party may do, within its team (members), on its own page and data (athletes), for
 * the system (jobs) or before signing in (visitors). A new role is a word in `ROLES` and a row here.
 */
export const RIGHTS = {
  viewer: READING,
  coach: [...READING, ...COACHING],
  owner: [...READING, ...COACHING, ...OWNING],
  athlete: [
    "own-page.view",
    "own-data.export",
    "own-address.change",
    "check-ins.send",
    "sharing.change",
    "readings.write",
    "recordings.read",
    "sync.ask",
    "access.end",
    "connection.make",
    "language.choose",
    "forecast.view",
  ],
  job: [
    "jobs.run",
    "webhook.manage",
    "access.end",
    "connection.make",
    "team.make",
    "recordings.read",
    "forecast.view",
  ],
  visitor: ["sign-in", "connection.make", "team.make"],
} as const satisfies Record<Party, readonly string[]>;

/** Something that not everybody may do. A word that is not in the table is a type error. */
export type Act = (typeof RIGHTS)[Party][number];

/** The parties that may do it, as a type. */
export type PartyTo<A extends Act> = {
  [P in Party]: A extends (typeof RIGHTS)[P][number] ? P : never;
}[Party];

const PARTIES = Object.keys(RIGHTS) as Party[];

const actsOf = (party: Party): readonly Act[] => RIGHTS[party];

/** Every act of the table, once. */
export const ACTS: readonly Act[] = [...new Set(PARTIES.flatMap(actsOf))];

/** The parties that may do it. */
export function partiesTo(act: Act): Party[] {
  return PARTIES.filter((party) => actsOf(party).includes(act));
}

/** The roles on a team that may do it. */
export const rolesTo = (act: Act): Role[] => ROLES.filter((role) => partiesTo(act).includes(role));

/** Whether an actor may do it, by the table alone. Whose team, or whose own data it is, is the verb's to check. */
export function can(actor: Actor, act: Act): boolean {
  return partiesTo(act).includes(actor.kind === "coach" ? actor.role : actor.kind);
}
