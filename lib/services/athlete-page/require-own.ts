import { findAthlete } from "@/db/queries/athletes";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { requireAthlete } from "../access/require-athlete";

/** The athlete acting on the own page, with squad and team. @throws AppError `not-signed-in` */
export async function requireOwn(ctx: Context) {
  const who = requireAthlete(ctx);
  const found = await findAthlete(ctx.db, who);
  if (!found) throw new AppError("not-signed-in", "This page is not there any more.");
  return { ...found, who };
}
