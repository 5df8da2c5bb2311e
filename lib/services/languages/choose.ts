import { saveAthleteLanguage } from "@/db/queries/athletes";
import { saveCoachLanguage } from "@/db/queries/sign-in";
import { languages } from "@/i18n/locales";
import type { Context } from "../../context";
import { AppError } from "../../errors";

/**
 * Keeps the language that somebody chose for their own pages and mails. Coaches of any role and athletes, for
 * themselves. @throws AppError `bad-input`, `not-signed-in`
 */
export async function chooseOwnLanguage(of: { ctx: Context; input: { language: string } }): Promise<void> {
  const { db, actor, teamId } = of.ctx;
  const { language: locale } = of.input;
  if (!languages().some(({ code }) => code === locale))
    throw new AppError("bad-input", "This language is not spoken here.", { field: "language" });
  if (actor.kind === "coach") return saveCoachLanguage(db, { userId: actor.userId, locale });
  if (actor.kind === "athlete" && teamId)
    return saveAthleteLanguage(db, { teamId, athleteId: actor.athleteId, locale });
  throw new AppError("not-signed-in", "Sign in to keep a language.");
}
