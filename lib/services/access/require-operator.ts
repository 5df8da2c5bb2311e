import type { Context } from "../../context";
import { requireCoach } from "./require-coach";

/** Lets the system's own jobs and the owners of the installation through. @throws AppError `forbidden`, `not-signed-in` */
export function requireOperator(ctx: Context): void {
  if (ctx.actor.kind !== "job") requireCoach(ctx, "owner");
}
