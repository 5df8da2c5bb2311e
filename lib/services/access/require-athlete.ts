import type { Context } from "../../context";
import { AppError } from "../../errors";

/** The athlete acting on the own page. @throws AppError `not-signed-in` */
export function requireAthlete(ctx: Context): { athleteId: string; teamId: string } {
  if (ctx.actor.kind !== "athlete" || ctx.teamId === null)
    throw new AppError("not-signed-in", "Open your page through Polar or through the link in your e-mail.");
  return { athleteId: ctx.actor.athleteId, teamId: ctx.teamId };
}
