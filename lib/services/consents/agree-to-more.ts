import { insertConsent, withdrawConsents } from "@/db/queries/consents";
import { ensureStreamStates } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import { streamsOf } from "@/lib/polar/streams";
import type { CivilDate } from "@/lib/time/civil-date";
import type { Context } from "../../context";
import { AppError } from "../../errors";
import { recordAudit } from "../audit/record";
import { recordEvents } from "../events/record";
import { boundsOf, sharesFromOf } from "./bounds";
import { findWidening, type Widening } from "./widening";

/**
 * Records that the athlete agrees to what the squad asks for now, word for word; the earlier consent ends, the choice of
 * history stays, and the new streams are asked for. Athletes only.
 * @param input.textVersion version of the text that was shown
 * @throws AppError `conflict` when the text or the question has changed since, `not-signed-in`
 */
export async function agreeToMore(of: {
  ctx: Context;
  input: { locale: string; textVersion: string };
}): Promise<void> {
  const { locale, textVersion } = of.input;
  await inTransaction(of.ctx, async (ctx) => {
    const found = await findWidening(ctx, locale);
    if (found?.worded.version !== textVersion)
      throw new AppError("conflict", "The text has changed. Please read it again.");
    const { own, consent, worded } = found;
    const { who } = own;
    await withdrawConsents(ctx.db, { ...who, now: ctx.now });
    await insertConsent(ctx.db, {
      ...who,
      textVersion,
      text: worded.plain,
      locale: languageOf(locale),
      streams: worded.streams,
      history: consent.history,
      sharesFrom: sharesFromOf({
        streams: worded.streams,
        history: consent.history,
        acceptedAt: ctx.now,
        timeZone: own.squad.timeZone,
        earlier: recordedOf(consent, own.squad.timeZone),
      }),
      levelPromised: worded.levelPromised,
      acceptedAt: ctx.now,
    });
    const streams = streamsOf(worded.streams).map((stream) => stream.id);
    await ensureStreamStates(ctx.db, { ...who, streams, dueAt: ctx.now });
    await recordEvents(ctx, [
      { name: "athlete/sync.requested", data: { athleteId: who.athleteId, reason: "asked" } },
    ]);
    const entry = { action: "consent/widened", detail: { textVersion, history: consent.history } };
    await recordAudit(ctx, { ...entry, teamId: who.teamId, subjectId: who.athleteId });
  });
}

/** The first day shared of each stream agreed to so far. */
function recordedOf(consent: Widening["consent"], timeZone: string): Record<string, CivilDate> {
  const bounds = boundsOf(consent, timeZone);
  return Object.fromEntries(streamsOf(consent.streams).map((stream) => [stream.id, bounds[stream.id].from]));
}
