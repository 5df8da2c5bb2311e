import { useLocale, useTranslations } from "next-intl";
import { dayAxis, mondaysOf, percentOf } from "@/components/charts/day-axis";
import { AxisWords } from "@/components/charts/lane";
import { civil } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import { Card } from "@/components/ui/blocks";
import type { AthleteDay, AthleteView } from "@/lib/services/athletes/view";
import { addDays, daysBetween } from "@/lib/time/civil-date";
import { AnsLane, LoadLane, RestingLane, SleepLane, StressLane } from "./companion-lanes";
import { Crosshair } from "./crosshair";
import { HrvLane } from "./hrv-lane";

/** All measures over one time axis, with one crosshair across them. */
export function ChartStack({ view, href }: { view: AthleteView; href: string }) {
  const t = useTranslations("athlete.chart");
  const locale = useLocale();
  const axis = dayAxis(view.from, daysBetween(view.from, view.to) + 1);
  const ticks = mondaysOf(axis, view.to);
  const input = { days: view.days, axis, ticks };
  const words = useDayWords(view.days);
  const dates = Array.from({ length: axis.days }, (_, i) => addDays(view.from, i));
  return (
    <Card className="self-start" aria-label={t("stack", { n: axis.days })}>
      <Crosshair
        label={t("crosshair")}
        dates={dates}
        words={dates.map((date) => words.get(date) ?? `${civil(date, "short", locale)}: ${t("nothing")}`)}
        selected={view.day}
        href={href}
      >
        <HrvLane {...input} selected={view.day} />
        <RestingLane {...input} />
        <LoadLane {...input} kind={view.load.kind} />
        <SleepLane {...input} />
        <AnsLane {...input} />
        <StressLane {...input} />
      </Crosshair>
      <AxisWords
        words={ticks.map((date) => ({ at: percentOf(axis, date), text: civil(date, "day", locale) }))}
      />
    </Card>
  );
}

function useDayWords(days: readonly AthleteDay[]): Map<string, string> {
  const t = useTranslations("athlete.chart");
  const words = useTranslations("levels.words");
  const locale = useLocale();
  return new Map(
    days.map((day) => {
      const reading = day.rmssdMs === null ? t("noReading") : `${whole(day.rmssdMs)} ms`;
      const load = day.load === null ? "" : `, ${t("loadOf", { load: whole(day.load) })}`;
      return [day.date, `${civil(day.date, "short", locale)}: ${reading}, ${words(day.level)}${load}`];
    }),
  );
}
