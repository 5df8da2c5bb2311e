import { findStandingConsent, insertConsent, refuseStreams, withdrawConsents } from "@/db/queries/consents";
import { ensureStreamStates } from "@/db/queries/stream-states";
import { inTransaction } from "@/db/transaction";
import { languageOf } from "@/i18n/locales";
import type { Context } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { type Stream, streamsOf } from "@/lib/providers/polar/streams";
import { recordAudit } from "@/lib/services/access/audit";
import { requireOwn } from "@/lib/services/access/require";
import { recordEvents } from "@/lib/services/events/outbox";
import type { CivilDate } from "@/lib/time/civil-date";
import { boundsOf, sharesFromOf } from "./bounds";
import { askedStreams, type ConsentText, type WordedConsent, wordConsent } from "./text";

/**
 * What the athlete agreed to, word for word, undefined when nothing stands; and whether the squad asks for more by now.
 * Athletes only. @throws AppError `not-signed-in`
 */
export async function viewConsent(of: { ctx: Context }) {
  const { squad, who } = await requireOwn(of.ctx, "own-page.view");
  const consent = await findStandingConsent(of.ctx.db, who);
  const asksForMore = consent !== undefined && addedStreams(squad.optionalStreams, consent).length > 0;
  return { consent, timeZone: squad.timeZone, asksForMore };
}

type Own = Awaited<ReturnType<typeof requireOwn>>;

type Standing = NonNullable<Awaited<ReturnType<typeof findStandingConsent>>>;

type Widening = { own: Own; consent: Standing; added: readonly Stream[]; worded: WordedConsent };

/** What the squad asks for now and the athlete has not agreed to. */
export function addedStreams(optional: readonly string[], consent: { streams: readonly string[] }): Stream[] {
  return askedStreams(optional).filter((stream) => !consent.streams.includes(stream.id));
}

/**
 * The question a squad puts that asks for more than the athlete agreed to, in one language; null when it does not.
 * Athletes only. @throws AppError `not-signed-in`
 */
async function findWidening(ctx: Context, locale: string): Promise<Widening | null> {
  const own = await requireOwn(ctx, "sharing.change");
  const consent = await findStandingConsent(ctx.db, own.who);
  if (!consent || own.athlete.stoppedAt) return null;
  const added = addedStreams(own.squad.optionalStreams, consent);
  if (added.length === 0) return null;
  const occasion = {
    squad: own.squad,
    teamName: own.teamName,
    athlete: own.athlete,
    inviter: null,
    invitation: { createdAt: ctx.now },
    widening: { sharedSince: consent.acceptedAt, added, levelPromised: consent.levelPromised },
  };
  return { own, consent, added, worded: await wordConsent(ctx, occasion, locale) };
}

type WideningView = { text: ConsentText; textVersion: string };

/** What a squad that asks for more asks; null when it does not. Athletes only. @throws AppError `not-signed-in` */
export async function viewWidening(of: {
  ctx: Context;
  input: { locale: string };
}): Promise<WideningView | null> {
  const found = await findWidening(of.ctx, of.input.locale);
  return found && { text: found.worded.text, textVersion: found.worded.version };
}

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

/** The athlete does not agree to more: what is shared stays as it is, and is not asked for again. Athletes only. @throws AppError `not-signed-in` */
export async function refuseMore(of: { ctx: Context }): Promise<void> {
  await inTransaction(of.ctx, async (ctx) => {
    const found = await findWidening(ctx, "en");
    if (!found) return;
    const { teamId, athleteId } = found.own.who;
    const streams = found.added.map((stream) => stream.id);
    await refuseStreams(ctx.db, { teamId, consentId: found.consent.id, streams });
    await recordAudit(ctx, { teamId, action: "consent/more-refused", subjectId: athleteId });
  });
}
