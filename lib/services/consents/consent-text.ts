import type { Say } from "@/i18n/say";
import { STREAMS, type Stream } from "@/lib/polar/streams";
import { KEPT_DAYS } from "../athletes/kept-days";
import { HISTORY_DAYS } from "./bounds";

export type ConsentItem = { stream: string; title: string; detail: string; history: string };
export type ConsentSection = { title: string; paragraphs: string[] };

/** What an athlete is asked to agree to, in the order it is shown. */
export type ConsentText = {
  title: string;
  lead: string;
  shared: { title: string; items: ConsentItem[]; note: string };
  notShared: { title: string; items: string[]; note: string };
  sections: ConsentSection[];
};

/** What the text speaks of. Names and dates only; `streams` are those of this squad. */
export type ConsentSubject = {
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
