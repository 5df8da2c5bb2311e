import { findStandingConsent } from "@/db/queries/consents";
import type { Stream } from "@/lib/polar/streams";
import type { Context } from "../../context";
import { requireOwn } from "../athlete-page/require-own";
import { type WordedConsent, wordConsent } from "../invitations/word-consent";
import { askedStreams, type ConsentText } from "./consent-text";

type Own = Awaited<ReturnType<typeof requireOwn>>;
type Standing = NonNullable<Awaited<ReturnType<typeof findStandingConsent>>>;

export type Widening = { own: Own; consent: Standing; added: readonly Stream[]; worded: WordedConsent };

/** What the squad asks for now and the athlete has not agreed to. */
export function addedStreams(optional: readonly string[], consent: { streams: readonly string[] }): Stream[] {
  return askedStreams(optional).filter((stream) => !consent.streams.includes(stream.id));
}

/**
 * The question a squad puts that asks for more than the athlete agreed to, in one language; null when it does not.
 * Athletes only. @throws AppError `not-signed-in`
 */
export async function findWidening(ctx: Context, locale: string): Promise<Widening | null> {
  const own = await requireOwn(ctx);
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

export type WideningView = { text: ConsentText; textVersion: string };

/** What a squad that asks for more asks; null when it does not. Athletes only. @throws AppError `not-signed-in` */
export async function viewWidening(of: {
  ctx: Context;
  input: { locale: string };
}): Promise<WideningView | null> {
  const found = await findWidening(of.ctx, of.input.locale);
  return found && { text: found.worded.text, textVersion: found.worded.version };
}
