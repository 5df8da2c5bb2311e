import { z } from "zod";
import { findAthlete } from "@/db/queries/athletes";
import { findFirstTeam } from "@/db/queries/team";
import { type Context, ROLES, type Role } from "@/lib/context";
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

/**
 * The coach acting, with at least the given role in the context's team.
 * @throws AppError `not-signed-in` or `forbidden`
 */
export function requireCoach(ctx: Context, atLeast: Role): { userId: string; role: Role; teamId: string } {
  if (ctx.actor.kind !== "coach" || ctx.teamId === null)
    throw new AppError("not-signed-in", "Sign in as a coach to see this.");
  if (ROLES.indexOf(ctx.actor.role) > ROLES.indexOf(atLeast))
    throw new AppError("forbidden", "Your role does not allow this. Ask the owner of the installation.");
  return { userId: ctx.actor.userId, role: ctx.actor.role, teamId: ctx.teamId };
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
export async function requireOperator(ctx: Context): Promise<void> {
  if (ctx.actor.kind === "job") return;
  requireCoach(ctx, "owner");
  if (!(await isInstallationsTeam(ctx)))
    throw new AppError("forbidden", "This belongs to the installation. Ask whoever runs it.");
}

/** Lets only the system's own jobs through. @throws AppError `forbidden` */
export function requireJob(ctx: Context): { job: string } {
  if (ctx.actor.kind !== "job") throw new AppError("forbidden", "Only the job engine may do this.");
  return { job: ctx.actor.job };
}

/**
 * Lets only people through who have not signed in: sign-in itself and what hangs on it, whose caller has just proved
 * who they are by other means. @throws AppError `forbidden`
 */
export function requireVisitor(ctx: Context): void {
  if (ctx.actor.kind !== "visitor") throw new AppError("forbidden", "Sign out first.");
}

/** The athlete acting on the own page. @throws AppError `not-signed-in` */
export function requireAthlete(ctx: Context): { athleteId: string; teamId: string } {
  if (ctx.actor.kind !== "athlete" || ctx.teamId === null)
    throw new AppError("not-signed-in", "Open your page through Polar or through the link in your e-mail.");
  return { athleteId: ctx.actor.athleteId, teamId: ctx.teamId };
}

/** The athlete acting on the own page, with squad and team. @throws AppError `not-signed-in` */
export async function requireOwn(ctx: Context) {
  const who = requireAthlete(ctx);
  const found = await findAthlete(ctx.db, who);
  if (!found) throw new AppError("not-signed-in", "This page is not there any more.");
  return { ...found, who };
}
