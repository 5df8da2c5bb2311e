import type { Context } from "../../context";
import { AppError } from "../../errors";

/** Lets only the system's own jobs through. @throws AppError `forbidden` */
export function requireJob(ctx: Context): { job: string } {
  if (ctx.actor.kind !== "job") throw new AppError("forbidden", "Only the job engine may do this.");
  return { job: ctx.actor.job };
}
