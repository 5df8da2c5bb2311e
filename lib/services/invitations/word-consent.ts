import type { findOpenInvitation } from "@/db/queries/invitations";
import { listMembers } from "@/db/queries/team";
import { languageOf, localeOf } from "@/i18n/locales";
import { sayIn } from "@/i18n/say";
import type { Stream } from "@/lib/polar/streams";
import type { Context } from "../../context";
import { askedStreams, type ConsentText, composeConsent, plainConsent } from "../consents/consent-text";
import { textVersionOf } from "../consents/text-version";

export type WordedConsent = {
  text: ConsentText;
  plain: string;
  version: string;
  streams: string[];
  /** Whether the text says that the athlete sees their own level. */
  levelPromised: boolean;
};

type OpenInvitation = NonNullable<Awaited<ReturnType<typeof findOpenInvitation>>>;

/** Who asks whom, for which squad, since when: what of an invitation the text speaks of. */
type Occasion = Pick<OpenInvitation, "squad" | "teamName"> & {
  athlete: { name: string };
  inviter: { name: string | null; email: string } | null;
  invitation: { createdAt: Date };
  /** For a squad that asks for more: since when the athlete shares, the streams it adds, and what was promised. */
  widening?: { sharedSince: Date; added: readonly Stream[]; levelPromised: boolean };
};

/** The consent text of one occasion in one language, as it stands at this moment. */
export async function wordConsent(ctx: Context, invited: Occasion, locale: string): Promise<WordedConsent> {
  const { squad, athlete, teamName, inviter, invitation, widening } = invited;
  const members = await listMembers(ctx.db, { teamId: squad.teamId });
  const formal = localeOf(languageOf(locale));
  const list = new Intl.ListFormat(formal);
  const streams = askedStreams(squad.optionalStreams);
  const say = sayIn(locale, "consent");
  const day = (at: Date) =>
    new Intl.DateTimeFormat(formal, {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: squad.timeZone,
    }).format(at);
  const levelPromised = squad.athletesSeeLevel || (widening?.levelPromised ?? false);
  const text = composeConsent(say, {
    coach: inviter?.name ?? inviter?.email ?? teamName,
    squad: squad.name,
    team: teamName,
    athlete: athlete.name,
    invitedOn: day(invitation.createdAt),
    members: list.format(members.map((member) => member.name ?? member.email)),
    streams,
    occasion: widening
      ? {
          kind: "widening",
          since: day(widening.sharedSince),
          added: list.format(widening.added.map(({ consentKey }) => say(`streams.${consentKey}.title`))),
        }
      : { kind: "invitation" },
    level: levelPromised ? "shown" : "hidden",
  });
  const plain = plainConsent(text);
  const ids = streams.map((stream) => stream.id);
  return { text, plain, version: textVersionOf(plain), streams: ids, levelPromised };
}
