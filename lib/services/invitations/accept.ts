import { z } from "zod";
import { hasEverConnected, saveAthleteLanguage } from "@/db/queries/athletes";
import { insertConsent, withdrawConsents } from "@/db/queries/consents";
import { saveAddress } from "@/db/queries/own-page";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import type { HistoryChoice } from "@/lib/consent";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { parseInput } from "../access/parse-input";
import { recordAudit } from "../audit/record";
import { sharesFromOf } from "../consents/bounds";
import { requireOpenInvitation } from "./require-open";
import { wordConsent } from "./word-consent";

const addressInput = z.object({
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email())
    .or(z.literal("").transform(() => null))
    .optional(),
});

/** Whoever reads the mailbox opens the page, so the athlete says which it is, before there is anything to open. */
async function keepAddress(
  ctx: Context,
  of: { teamId: string; athleteId: string; email: string | null },
): Promise<void> {
  if (!(await hasEverConnected(ctx.db, of))) await saveAddress(ctx.db, { ...of, now: ctx.now });
}

/**
 * Records that the athlete agrees, with the exact text, its version and the choice of history; mails are in its
 * language from now on. Nothing is fetched by this: Polar has to be asked next. Any caller with the link.
 * @param input.textVersion version of the text that was shown
 * @param input.email the athlete's own address, empty for none; left as it is when not given or when the athlete has
 * connected before
 * @throws AppError `link-ended`, `bad-input`, or `conflict` when the text has changed since it was shown
 */
export async function acceptInvitation(of: {
  ctx: Context;
  input: { token: string; textVersion: string; history: HistoryChoice; locale: string; email?: string };
}): Promise<void> {
  const { token, textVersion, history, locale } = of.input;
  const { email } = parseInput(addressInput, { email: of.input.email });
  await inTransaction(of.ctx, async (ctx) => {
    const invited = await requireOpenInvitation(ctx, token);
    const { plain, version, streams, levelPromised } = await wordConsent(ctx, invited, locale);
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
      sharesFrom: sharesFromOf({
        streams,
        history,
        acceptedAt: ctx.now,
        timeZone: invited.squad.timeZone,
      }),
      levelPromised,
      acceptedAt: ctx.now,
    });
    if (email !== undefined) await keepAddress(ctx, { ...athlete, email });
    const entry = { action: "consent/given", detail: { textVersion, history } };
    await recordAudit(ctx, { ...entry, teamId: athlete.teamId, subjectId: athlete.athleteId });
  });
}
