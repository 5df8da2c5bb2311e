import { createHash } from "node:crypto";
import type { findOpenInvitation } from "@/db/queries/invitations";
import { listMembers } from "@/db/queries/team";
import { languageOf, localeOf } from "@/i18n/locales";
import { type Say, sayIn } from "@/i18n/say";
import type { Context } from "@/lib/context";
import { STREAMS, type Stream, streamsOf } from "@/lib/providers/polar/streams";
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
  level: "shown" | "hidden";
  /** An invitation, or a squad that asks for more than the athlete agreed to: `added` are the lines it adds. */
  occasion: { kind: "invitation" } | { kind: "widening"; since: string; added: string };
};

/** The streams a squad asks for: the default ones and the optional ones it chose. */
export function askedStreams(optional: readonly string[]): readonly Stream[] {
  return STREAMS.filter(
    (stream) => stream.partOf === null && (stream.choice === "default" || optional.includes(stream.id)),
  );
}

/** What is fetched of an athlete: what was agreed to and the squad still asks for, with its details. */
export function fetchedStreams(of: {
  agreed: readonly string[];
  optional: readonly string[];
}): readonly Stream[] {
  const asked = new Set<string>(askedStreams(of.optional).map((stream) => stream.id));
  return streamsOf(of.agreed.filter((id) => asked.has(id)));
}

/** Writes the consent text from the table of streams, so that it promises what the sync does and nothing else. */
export function composeConsent(say: Say, subject: ConsentSubject): ConsentText {
  const { team, members } = subject;
  const asked = new Set(subject.streams.map((stream) => stream.id));
  const withheld = STREAMS.filter((stream) => stream.partOf === null && !asked.has(stream.id));
  const section = (name: string, ...paragraphs: string[]) => ({ title: say(`${name}.title`), paragraphs });
  return {
    ...openingOf(say, subject),
    shared: {
      title: say("shared.title"),
      items: subject.streams.map((stream) => itemOf(say, stream)),
      note: say(subject.occasion.kind === "widening" ? "widening.note" : "shared.note", {
        days: HISTORY_DAYS,
      }),
    },
    notShared: {
      title: say("notShared.title"),
      items: [
        ...withheld.map((stream) => say(`streams.${stream.consentKey}.title`)),
        say("notShared.password"),
      ],
      note: say("notShared.note"),
    },
    sections: [
      section("who", say("who.text", { members, team }), say(`who.level.${subject.level}`)),
      section("stop", say("stop.text")),
      section("kept", say("kept.text", { days: KEPT_DAYS })),
    ],
  };
}

function openingOf(say: Say, subject: ConsentSubject): Pick<ConsentText, "title" | "lead"> {
  const { coach, squad, team, athlete, invitedOn, occasion } = subject;
  if (occasion.kind === "invitation")
    return {
      title: say("title", { coach }),
      lead: say("lead", { coach, squad, team, athlete, date: invitedOn }),
    };
  const { since, added } = occasion;
  return {
    title: say("widening.title", { squad }),
    lead: say("widening.lead", { squad, team, athlete, since, added }),
  };
}

function itemOf(say: Say, stream: Stream): ConsentItem {
  return {
    stream: stream.id,
    title: say(`streams.${stream.consentKey}.title`),
    detail: say(`streams.${stream.consentKey}.detail`),
    history: historyOf(say, stream),
  };
}

const nightly = new Set<string>(["sleep", "nightly-recharge", "sleepwise"]);

/** The bound that is enforced (bounds.ts), and how far back Polar's documentation lets the stream or a companion reach. */
function historyOf(say: Say, stream: Stream): string {
  const days = HISTORY_DAYS;
  const reaching = STREAMS.filter(
    (other) => (other.id === stream.id || other.partOf === stream.id) && other.history.beforeConnection,
  ).map((other) => other.history.days);
  if (reaching.length === 0) return say("history.fromNow", { days });
  const offered = Math.max(...reaching);
  if (offered === 0) return say("history.body", { days });
  if (offered >= days) return say("history.full", { days });
  return say(nightly.has(stream.id) ? "history.nights" : "history.days", { days, offered });
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
