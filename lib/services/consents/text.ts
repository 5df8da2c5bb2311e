import { createHash } from "node:crypto";
import type { findOpenInvitation } from "@/db/queries/invitations";
import { listMembers } from "@/db/queries/team";
import { languageOf, localeOf } from "@/i18n/locales";
import { type Say, sayIn } from "@/i18n/say";
import type { Context } from "@/lib/context";
import type { Connector } from "@/lib/wearables/connector";
import { mainStreams, type Stream, streamsOf } from "@/lib/wearables/stream";
import { HISTORY_DAYS } from "./bounds";
/** Days for which the data of an athlete who stopped stay before a job deletes them; the consent text promises it. */
export const KEPT_DAYS = 30;

type ConsentItem = { stream: string; title: string; detail: string; history: string };

type ConsentSection = { title: string; paragraphs: string[] };

/** What an athlete is asked to agree to, in the order it is shown. */
export type ConsentText = {
  title: string;
  lead: string;
  shared: { title: string; items: ConsentItem[]; note: string };
  notShared: { title: string; items: string[]; note: string };
  sections: ConsentSection[];
};

/** What the text speaks of. Names and dates only; `streams` are those of this squad. */
type ConsentSubject = {
  coach: string;
  squad: string;
  team: string;
  athlete: string;
  invitedOn: string;
  members: string;
  streams: readonly Stream[];
  /** Its name, and all that it has: what is not asked for is named as not shared. */
  provider: Pick<Connector, "name" | "streams">;
  level: "shown" | "hidden";
  /** An invitation, or a squad that asks for more than the athlete agreed to: `added` are the lines it adds. */
  occasion: { kind: "invitation" } | { kind: "widening"; since: string; added: string };
};

/** The streams a squad asks for of a provider's: the default ones and the optional ones it chose. */
export function askedStreams(table: readonly Stream[], optional: readonly string[]): readonly Stream[] {
  return mainStreams(table).filter((stream) => stream.choice === "default" || optional.includes(stream.id));
}

/** What is fetched of an athlete: what was agreed to and the squad still asks for, with its details. */
export function fetchedStreams(
  table: readonly Stream[],
  of: { agreed: readonly string[]; optional: readonly string[] },
): readonly Stream[] {
  const asked = new Set(askedStreams(table, of.optional).map((stream) => stream.id));
  return streamsOf(
    table,
    of.agreed.filter((id) => asked.has(id)),
  );
}

/** Writes the consent text from the table of streams, so that it promises what the sync does and nothing else. */
export function composeConsent(say: Say, subject: ConsentSubject): ConsentText {
  const { team, members } = subject;
  const provider = subject.provider.name;
  const asked = new Set(subject.streams.map((stream) => stream.id));
  const withheld = mainStreams(subject.provider.streams).filter((stream) => !asked.has(stream.id));
  const section = (name: string, ...paragraphs: string[]) => ({ title: say(`${name}.title`), paragraphs });
  return {
    ...openingOf(say, subject),
    shared: {
      title: say("shared.title"),
      items: subject.streams.map((stream) => itemOf(say, subject.provider, stream)),
      note: say(subject.occasion.kind === "widening" ? "widening.note" : "shared.note", {
        days: HISTORY_DAYS,
        provider,
      }),
    },
    notShared: {
      title: say("notShared.title"),
      items: [
        ...withheld.map((stream) => say(`streams.${stream.consentKey}.title`)),
        say("notShared.password", { provider }),
      ],
      note: say("notShared.note"),
    },
    sections: [
      section("who", say("who.text", { members, team }), say(`who.level.${subject.level}`)),
      section("stop", say("stop.text", { provider })),
      section("kept", say("kept.text", { days: KEPT_DAYS })),
    ],
  };
}

function openingOf(say: Say, subject: ConsentSubject): Pick<ConsentText, "title" | "lead"> {
  const { coach, squad, team, athlete, invitedOn, occasion } = subject;
  const provider = subject.provider.name;
  if (occasion.kind === "invitation")
    return {
      title: say("title", { coach, provider }),
      lead: say("lead", { coach, squad, team, athlete, date: invitedOn }),
    };
  const { since, added } = occasion;
  return {
    title: say("widening.title", { squad, provider }),
    lead: say("widening.lead", { squad, team, athlete, since, added }),
  };
}

function itemOf(say: Say, provider: ConsentSubject["provider"], stream: Stream): ConsentItem {
  return {
    stream: stream.id,
    title: say(`streams.${stream.consentKey}.title`),
    detail: say(`streams.${stream.consentKey}.detail`),
    history: historyOf(say, provider, stream),
  };
}

/** The bound that is enforced (bounds.ts), and how far back the provider's documentation lets the stream or a companion reach. */
function historyOf(say: Say, provider: ConsentSubject["provider"], stream: Stream): string {
  const of = { days: HISTORY_DAYS, provider: provider.name };
  const reaching = provider.streams
    .filter(
      (other) => (other.id === stream.id || other.partOf === stream.id) && other.history.beforeConnection,
    )
    .map((other) => other.history.days);
  if (reaching.length === 0) return say("history.fromNow", of);
  const offered = Math.max(...reaching);
  if (offered === 0) return say("history.body", of);
  if (offered >= HISTORY_DAYS) return say("history.full", of);
  return say(stream.history.countedIn === "nights" ? "history.nights" : "history.days", { ...of, offered });
}

/** The same text as plain lines: what is recorded word for word. */
export function plainConsent(text: ConsentText): string {
  const list = (items: string[]) => items.map((item) => `- ${item}`);
  return [
    text.title,
    text.lead,
    "",
    text.shared.title,
    ...list(text.shared.items.map((item) => `${item.title} (${item.detail}): ${item.history}`)),
    text.shared.note,
    "",
    text.notShared.title,
    ...list(text.notShared.items),
    text.notShared.note,
    ...text.sections.flatMap((section) => ["", section.title, ...section.paragraphs]),
  ].join("\n");
}

/** Raised when the meaning of the consent text changes, so that earlier consents can be told apart at a glance. */
const EDITION = 3;

/** The version of a consent text: its edition, and a fingerprint of every word of it. */
export function textVersionOf(plainText: string): string {
  return `${EDITION}.${createHash("sha256").update(plainText).digest("hex").slice(0, 16)}`;
}

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
  widening?: { sharedSince: Date; added: readonly Stream[]; levelPromised: boolean; connector: Connector };
};

/** The consent text of one occasion in one language, as it stands at this moment. */
export async function wordConsent(ctx: Context, invited: Occasion, locale: string): Promise<WordedConsent> {
  const { squad, athlete, teamName, inviter, invitation, widening } = invited;
  const members = await listMembers(ctx.db, { teamId: squad.teamId });
  const formal = localeOf(languageOf(locale));
  const list = new Intl.ListFormat(formal);
  const provider = widening?.connector ?? ctx.providers[0];
  const streams = askedStreams(provider.streams, squad.optionalStreams);
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
    provider,
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
