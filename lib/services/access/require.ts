import { z } from "zod";
import { findAthlete } from "@/db/queries/athletes";
import { findFirstTeam } from "@/db/queries/team";
import {
  type Act,
  type Actor,
  type Context,
  can,
  type PartyTo,
  partiesTo,
  type Role,
  rolesTo,
} from "@/lib/context";
import { AppError } from "@/lib/errors";

/** Validates what a form or a script sent. @throws AppError `bad-input` naming the first field that is wrong */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path.join(".") || undefined;
  throw new AppError("bad-input", `Please check ${field ?? "what you entered"}.`, field ? { field } : {});
}

/** A text that has to be one of a list's words: what a form sends is text until it is parsed. */
export const oneOf = <const Word extends string>(words: readonly Word[]) => z.string().pipe(z.enum(words));

const uuid = z.uuid();

/** An id from an address or a form; what is no id names nothing. @throws AppError `not-found` */
export function requireId(id: string): string {
  if (!uuid.safeParse(id).success) throw new AppError("not-found", "This does not exist.");
  return id;
}

type Member = { userId: string; role: Role; teamId: string };
type Athlete = { athleteId: string; teamId: string };

/** Who acts where one of these parties may: members and athletes with their team, jobs by name. */
type Acting<P> = P extends Role
  ? Member
  : P extends "athlete"
    ? Athlete
    : P extends "job"
      ? { job: string }
      : object;

/**
 * Whoever acts, if the table of rights (`lib/context.ts`) allows the act. Whose data they are is the verb's to check.
 * @throws AppError `not-signed-in` or `forbidden`
 */
export function requireCan<A extends Act>(ctx: Context, act: A): Acting<PartyTo<A>> {
  const { actor, teamId } = ctx;
  if (!can(actor, act)) throw refusal(actor, act);
  const hasTeam = actor.kind === "coach" || actor.kind === "athlete";
  if (hasTeam && teamId === null) throw notSignedIn(act);
  // That whoever acts is one of the act's parties is what was just looked up.
  return { ...whoIs(actor), teamId } as Acting<PartyTo<A>>;
}

function whoIs(actor: Actor): Partial<Omit<Member & Athlete & { job: string }, "teamId">> {
  if (actor.kind === "coach") return { userId: actor.userId, role: actor.role };
  if (actor.kind === "athlete") return { athleteId: actor.athleteId };
  return actor.kind === "job" ? { job: actor.job } : {};
}

function refusal({ kind }: Actor, act: Act): AppError {
  const allowed = partiesTo(act);
  const forMembers = rolesTo(act).length > 0;
  if (forMembers && kind === "coach")
    return new AppError("forbidden", "Your role does not allow this. Ask the owner of the installation.");
  if (forMembers) return notSignedIn(act);
  if (allowed.includes("visitor"))
    return new AppError("forbidden", "This is for people who have not signed in. Sign out first.");
  if (allowed.includes("athlete")) return notSignedIn(act);
  return new AppError("forbidden", "Only the job engine may do this.");
}

function notSignedIn(act: Act): AppError {
  return rolesTo(act).length > 0
    ? new AppError("not-signed-in", "Sign in as a coach to see this.")
    : new AppError("not-signed-in", "Open your page through Polar or through the link in your e-mail.");
}

/**
 * Whether a team is the one that the installation was set up with, by its one-time link or `OWNER_EMAIL`. What all
 * teams share (webhook, quota, worker, job counts) is told to this one only.
 */
export async function isInstallationsTeam(ctx: Context): Promise<boolean> {
  return ctx.teamId !== null && (await findFirstTeam(ctx.db))?.id === ctx.teamId;
}

/**
 * Lets the system's own jobs and the owners of the installation through: those of the team it was set up with. Owners
 * of another team run that team only. @throws AppError `forbidden`, `not-signed-in`
 */
export async function requireOperator(ctx: Context, act: "webhook.manage"): Promise<void> {
  requireCan(ctx, act);
  if (ctx.actor.kind !== "job" && !(await isInstallationsTeam(ctx)))
    throw new AppError("forbidden", "This belongs to the installation. Ask whoever runs it.");
}

/** The athlete acting on the own page, with squad and team. @throws AppError `not-signed-in` */
export async function requireOwn(
  ctx: Context,
  act: "own-page.view" | "sharing.change" | "own-address.change",
) {
  const who = requireCan(ctx, act);
  const found = await findAthlete(ctx.db, who);
  if (!found) throw new AppError("not-signed-in", "This page is not there any more.");
  return { ...found, who };
}
