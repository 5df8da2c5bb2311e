import { findCoachBySession, saveCoachLanguage } from "@/db/queries/sign-in";
import type { Context } from "../../context";

/** The language of a coach whose session has just been opened: the one kept, else from now on the browser's. Called by sign-in. */
export async function settleCoachLanguage(of: {
  ctx: Context;
  input: { sessionToken: string; browser: string };
}): Promise<string> {
  const { sessionToken, browser } = of.input;
  const coach = await findCoachBySession(of.ctx.db, { sessionToken, now: of.ctx.now });
  if (coach?.locale) return coach.locale;
  if (coach) await saveCoachLanguage(of.ctx.db, { userId: coach.userId, locale: browser });
  return browser;
}
