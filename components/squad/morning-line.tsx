import { useLocale, useTranslations } from "next-intl";
import { clock, moment } from "@/components/format/dates";
import type { SquadView } from "@/lib/services/squads/view-model";

/** How the day's mails stand: waited for, decided on how many nights, late, or missed, so that nobody takes silence for calm. */
export function MorningLine({ view }: { view: SquadView }) {
  const sentences = useSentences(view);
  if (sentences.length === 0) return null;
  const isTrouble = view.morning.kind === "missed" || view.morning.kind === "silent";
  return (
    <p
      className={`mt-[3px] max-w-190 text-[0.8125rem] leading-[1.125rem] ${isTrouble ? "font-medium text-ink" : "text-ink-3"}`}
    >
      {sentences.join(" ")}
    </p>
  );
}

function useSentences({ morning, squad, date }: SquadView): string[] {
  const t = useTranslations("squad.mails");
  const locale = useLocale();
  const { timeZone } = squad;
  const time = (ms: number) => clock(ms, timeZone);
  const when = (ms: number) => moment(ms, { timeZone, date, locale });
  switch (morning.kind) {
    case "unknown":
      return [];
    case "before":
      return [t("before", { time: time(morning.atMs) })];
    case "waiting":
      return [t("waiting", { in: morning.nightsIn, of: morning.expected, latest: time(morning.latestAtMs) })];
    case "silent":
      return [morning.sinceMs === null ? t("silent") : t("silentSince", { since: when(morning.sinceMs) })];
    case "missed":
      return morning.fromMs === null || morning.untilMs === null
        ? [t("missed")]
        : [t("missedDown", { from: when(morning.fromMs), until: when(morning.untilMs) })];
    case "decided":
      return decidedSentences(morning, { t, time, when });
  }
}

type Words = {
  t: ReturnType<typeof useTranslations<"squad.mails">>;
  time: (ms: number) => string;
  when: (ms: number) => string;
};

function decidedSentences(
  morning: Extract<SquadView["morning"], { kind: "decided" }>,
  { t, time, when }: Words,
): string[] {
  const { nights, downFromMs, mailed, failed, later } = morning;
  const names = later.untold.join(", ");
  return [
    t("decided", {
      late: downFromMs === null ? "no" : "yes",
      time: time(morning.atMs),
      counted: nights && nights.expected > 0 ? "yes" : "no",
      in: nights?.nightsIn ?? 0,
      of: nights?.expected ?? 0,
    }),
    downFromMs === null ? "" : t("down", { from: when(downFromMs) }),
    t("mailed", { n: mailed }),
    later.mailed > 0 ? t("laterMailed", { n: later.mailed }) : "",
    failed > 0 ? t("failed", { n: failed }) : "",
    names ? t(later.isOpen ? "openedSince" : "openedUntold", { names }) : "",
  ].filter((sentence) => sentence !== "");
}
