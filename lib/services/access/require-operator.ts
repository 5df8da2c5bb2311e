import { findFirstTeam } from "@/db/queries/team";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireCoach } from "./require-coach";

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
