import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { hoursMinutes, whole } from "@/components/format/numbers";
import { wordFor } from "@/components/format/word";
import { Card } from "@/components/ui/blocks";
import { QUESTIONS } from "@/lib/check-in";
import type { AthleteView, DayEntry } from "@/lib/services/athletes/view";

/** Polar's activity zones in the order of their indices; rest and what was not worn are told by the table of all days. */
const ZONES = [null, "sedentary", "light", "moderate", "vigorous"] as const;

/** Check-in and activity of the chosen day. */
export function DayCard({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.day");
  const locale = useLocale();
  const { dayEntry } = view;
  return (
    <Card aria-labelledby="day-title">
      <h2 id="day-title">{t("title", { day: civil(view.day, "short", locale) })}</h2>
      <div className="grid grid-cols-2 gap-x-6 gap-y-1 phone:grid-cols-1">
        <Activity entry={dayEntry} />
        <CheckIn entry={dayEntry} />
      </div>
      <p className="pt-2">
        <Link className="link" href={`/athletes/${view.athlete.id}/body`} prefetch={false}>
          {t("body")}
        </Link>
      </p>
    </Card>
  );
}

function CheckIn({ entry }: { entry: DayEntry | null }) {
  const t = useTranslations("athlete.day");
  const questions = useTranslations("me.checkIn");
  const answered = QUESTIONS.filter((question) => entry?.[question] != null);
  const tags = entry?.checkInTags ?? [];
  if (answered.length + tags.length === 0) return <p className="text-ink-3">{t("noCheckIn")}</p>;
  return (
    <div>
      <dl className="[&>div]:grid [&>div]:grid-cols-[110px_minmax(0,1fr)] [&>div]:gap-2 [&>div]:text-[0.75rem] [&>div]:leading-[1.1875rem] [&_dt]:text-ink-3">
        {answered.map((question) => (
          <div key={question}>
            <dt>{questions(`questions.${question}.label`)}</dt>
            <dd>
              <Scale value={entry?.[question] ?? 0} />
              <b>{entry?.[question]}</b>{" "}
              <span className="text-ink-3">
                {t("scale", {
                  low: questions(`questions.${question}.low`),
                  high: questions(`questions.${question}.high`),
                })}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {tags.length > 0 ? (
        <p className="text-ink-2">{tags.map((tag) => wordFor(questions, `tags.${tag}`) ?? tag).join(", ")}</p>
      ) : null}
    </div>
  );
}

/** One to seven as a row of marks; the number beside it says the same. */
function Scale({ value }: { value: number }) {
  return (
    <svg className="mr-2 inline-block" width="62" height="8" aria-hidden="true">
      {[1, 2, 3, 4, 5, 6, 7].map((step) => (
        <rect
          key={step}
          x={(step - 1) * 9}
          width="7"
          height="8"
          rx="2"
          fill={step <= value ? "var(--load-current)" : "var(--line)"}
        />
      ))}
    </svg>
  );
}

function Activity({ entry }: { entry: DayEntry | null }) {
  const t = useTranslations("athlete.day");
  const zoneNames = useTranslations("athlete.body.zoneInText");
  if (!entry || (entry.steps === null && entry.activeCaloriesKcal === null && entry.goalPercent === null))
    return <p className="text-ink-3">{t("noActivity")}</p>;
  const inZones = ZONES.flatMap((zone, i) =>
    zone && entry.zoneS?.[i] !== undefined ? [{ zone, seconds: entry.zoneS[i] }] : [],
  );
  // Zones that sum up to nothing beside steps are not known yet, not a day without any.
  const zones = inZones.some(({ seconds }) => seconds > 0)
    ? inZones.map(({ zone, seconds }) => `${zoneNames(zone)} ${hoursMinutes(seconds)}`)
    : [];
  const facts = [
    ["steps", entry.steps === null ? null : whole(entry.steps)],
    ["activeCalories", entry.activeCaloriesKcal === null ? null : `${whole(entry.activeCaloriesKcal)} kcal`],
    ["active", entry.activeS === null ? null : hoursMinutes(entry.activeS)],
    ["goal", entry.goalPercent === null ? null : `${whole(entry.goalPercent)} %`],
    ["zones", zones.length > 0 ? zones.join(", ") : null],
  ] as const;
  return (
    <dl className="grid grid-cols-1 text-[0.75rem] leading-[1.0625rem] phone:text-[0.875rem] phone:leading-[1.25rem] [&>div]:grid [&>div]:grid-cols-[110px_minmax(0,1fr)] [&>div]:gap-2 [&_dt]:text-ink-3">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
