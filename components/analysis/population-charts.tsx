import { useLocale, useTranslations } from "next-intl";
import { dayAxis, mondaysOf, percentOf } from "@/components/charts/day-axis";
import { AxisWords, LegendMark } from "@/components/charts/lane";
import { civil } from "@/components/format/dates";
import { Card } from "@/components/ui/blocks";
import type { Population } from "@/lib/services/analysis/squad";
import { ShareLane } from "./share-lane";
import { SpreadLane } from "./spread-lane";

/** One source's population over one time axis: z, the week's change, and the share below the band. */
export function PopulationCharts({ population, chance }: { population: Population; chance: number }) {
  const t = useTranslations("analysis");
  const locale = useLocale();
  const { days } = population;
  const axis = dayAxis(days[0]!.date, days.length);
  const ticks = mondaysOf(axis, days.at(-1)!.date);
  const lane = { days, axis, ticks };
  return (
    <Card className="min-w-0" aria-label={t("charts", { n: days.length, source: population.source })}>
      <SpreadLane
        {...lane}
        title={t("z.title")}
        unit={t("z.unit", { source: population.source })}
        label={t("z.label")}
        legend={<SpreadLegend />}
        spreadOf={(day) => day.z}
        usual={1}
      />
      <SpreadLane
        {...lane}
        title={t("week.title")}
        unit={t("week.unit")}
        label={t("week.label")}
        spreadOf={(day) => day.weekChange}
        usual={0.5}
      />
      <ShareLane {...lane} chance={chance} />
      <AxisWords
        words={ticks.map((date) => ({ at: percentOf(axis, date), text: civil(date, "day", locale) }))}
      />
    </Card>
  );
}

function SpreadLegend() {
  const t = useTranslations("analysis.legend");
  return (
    <>
      <LegendMark colour="var(--ink)" shape="line">
        {t("median")}
      </LegendMark>
      <LegendMark colour="var(--sleep-rem)" shape="square">
        {t("half")}
      </LegendMark>
      <LegendMark colour="var(--dot)" shape="line">
        {t("range")}
      </LegendMark>
      <span className="inline-flex items-center gap-1">
        <svg width="10" height="9" aria-hidden="true">
          <path d="M1 1h8L5 8z" fill="var(--ink)" />
        </svg>
        {t("together")}
      </span>
    </>
  );
}
