import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { wordFor } from "@/components/format/word";
import { WhyBody } from "@/components/squad/why-body";
import { Card, Remark } from "@/components/ui/blocks";
import { ButtonLink } from "@/components/ui/controls";
import { LevelChip } from "@/components/ui/level-chip";
import { QUESTIONS } from "@/lib/check-in";
import type { AthleteView } from "@/lib/services/athletes/view";
import { addDays } from "@/lib/time/civil-date";

type EvidenceCardProps = {
  view: AthleteView;
  href: string;
  say?: ((form: FormData) => Promise<void>) | undefined;
  judgeNight?: ((form: FormData) => Promise<void>) | undefined;
};

/** Why the athlete stands where they stand on the chosen day. */
export function EvidenceCard({ view, href, say, judgeNight }: EvidenceCardProps) {
  const t = useTranslations("athlete.evidence");
  const locale = useLocale();
  const dayHref = (day: string) => `${href}${href.includes("?") ? "&" : "?"}day=${day}`;
  return (
    <Card aria-labelledby="evidence-title" id="evidence" className="max-[981px]:order-first">
      <div className="flex items-center gap-3 pb-2">
        <h2 id="evidence-title" className="mb-1.5">
          {view.day === view.today ? t("today") : t("on", { day: civil(view.day, "short", locale) })}
        </h2>
        {view.why ? <LevelChip level={view.why.level} grade={view.why.evidence.baseline.grade} /> : null}
        <span className="flex-1" />
        <ButtonLink
          className="print:hidden"
          size="small"
          href={dayHref(addDays(view.day, -1))}
          scroll={false}
          prefetch={false}
          aria-label={t("dayBefore")}
        >
          ‹
        </ButtonLink>
        {view.day < view.today ? (
          <ButtonLink
            className="print:hidden"
            size="small"
            href={dayHref(addDays(view.day, 1))}
            scroll={false}
            prefetch={false}
            aria-label={t("dayAfter")}
          >
            ›
          </ButtonLink>
        ) : null}
      </div>
      {view.why ? (
        <WhyBody
          why={view.why}
          squadId={view.squad.id}
          timeZone={view.squad.timeZone}
          say={say}
          judgeNight={judgeNight}
        />
      ) : (
        <p className="text-ink-3">{t("nothing")}</p>
      )}
      <CheckInItems view={view} />
      <RawLinks view={view} />
    </Card>
  );
}

/** What the athlete answered on the morning of the day, item by item. */
function CheckInItems({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.evidence");
  const words = useTranslations("me.checkIn");
  const day = view.days.find(({ date }) => date === view.day);
  if (!day) return null;
  const answered = QUESTIONS.flatMap((question) => {
    const n = day[question];
    return n === null ? [] : [t("item", { name: words(`questions.${question}.label`), n })];
  });
  const ticked = day.checkInTags.map((tag) => wordFor(words, `tags.${tag}`) ?? tag);
  if (answered.length + ticked.length === 0) return null;
  return (
    <Remark className="mb-2 pt-3">
      <b>{t("checkIn")}</b> <span className="text-ink-3">({t("scale")})</span>:{" "}
      {[...answered, ...ticked].join(" · ")}
    </Remark>
  );
}

/** The way to what Polar sent for the day. */
function RawLinks({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.evidence");
  const streams = useTranslations("connections.stream");
  if (view.dayPayloads.length === 0) return null;
  return (
    <Remark className="mt-2 flex flex-wrap gap-x-2.5 gap-y-0.5 print:hidden">
      {t("raw")}
      {view.dayPayloads.map(({ stream, payloadId }) => (
        <Link key={stream} className="link" href={`/payloads/${payloadId}`} prefetch={false}>
          {streams(stream)}
        </Link>
      ))}
    </Remark>
  );
}
