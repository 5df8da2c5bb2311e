import { findAthleteInSquad } from "@/db/queries/athletes";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "../access/require-coach";
import { requireId } from "../access/require-id";

type Found = NonNullable<Awaited<ReturnType<typeof findAthleteInSquad>>>;

/**
 * The athlete whose readings are meant, for a coach of the team (not a viewer) or the athlete alone; of those who stopped
 * sharing nothing. @throws AppError `not-found`, `forbidden`, `not-signed-in`
 */
export async function requireWriter(ctx: Context, athleteId: string): Promise<Found & { teamId: string }> {
  const ownId = ctx.actor.kind === "athlete" ? ctx.actor.athleteId : null;
  if (ownId === null) requireCoach(ctx, "coach");
  if (ownId !== null && ownId !== athleteId) throw new AppError("not-found", "This athlete is not there.");
  return sharing(ctx, athleteId);
}

/** The same for looking, which viewers may too. @throws AppError `not-found`, `not-signed-in` */
export async function requireReader(
  ctx: Context,
  athleteId: string,
): Promise<Found & { teamId: string; userId: string }> {
  const { userId } = requireCoach(ctx, "viewer");
  return { ...(await sharing(ctx, athleteId)), userId };
}

async function sharing(ctx: Context, athleteId: string): Promise<Found & { teamId: string }> {
  const { teamId } = ctx;
  if (teamId === null) throw new AppError("not-signed-in", "Sign in to see this.");
  const found = await findAthleteInSquad(ctx.db, { teamId, athleteId: requireId(athleteId) });
  if (!found || found.stoppedAt) throw new AppError("not-found", "This athlete is not there.");
  return { ...found, teamId };
}
