import { saveAthleteLanguage } from "@/db/queries/athletes/language";
import { insertConsent, withdrawConsents } from "@/db/queries/consents/change";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { recordAudit } from "../audit/record";
import { requireOpenInvitation } from "./require-open";
import { wordConsent } from "./word-consent";

export type HistoryChoice = "with-history" | "from-now";

/**
 * Records that the athlete agrees, with the exact text, its version and the choice of history; mails are in its
 * language from now on. Nothing is fetched by this: Polar has to be asked next. Any caller with the link.
 * @param input.textVersion version of the text that was shown
 * @throws AppError `link-ended`, or `conflict` when the text has changed since it was shown
 */
export async function acceptInvitation(of: {
  ctx: Context;
  input: { token: string; textVersion: string; history: HistoryChoice; locale: string };
}): Promise<void> {
  const { token, textVersion, history, locale } = of.input;
  await inTransaction(of.ctx, async (ctx) => {
    const invited = await requireOpenInvitation(ctx, token);
    const { plain, version, streams } = await wordConsent(ctx, invited, locale);
    if (version !== textVersion)
      throw new AppError("conflict", "The text has changed. Please read it again.");
    const athlete = { teamId: invited.athlete.teamId, athleteId: invited.athlete.id };
    await withdrawConsents(ctx.db, { ...athlete, now: ctx.now });
    const language = languageOf(locale);
    await saveAthleteLanguage(ctx.db, { ...athlete, locale: language });
    await insertConsent(ctx.db, {
      ...athlete,
      textVersion,
      text: plain,
      locale: language,
      streams,
      history,
      acceptedAt: ctx.now,
    });
    const entry = { action: "consent/given", detail: { textVersion, history } };
    await recordAudit(ctx, { ...entry, teamId: athlete.teamId, subjectId: athlete.athleteId });
  });
}
