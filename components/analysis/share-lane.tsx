import { scaleLinear } from "d3-scale";
import { useTranslations } from "next-intl";
import { type DayAxis, round, SPACE, xOf } from "@/components/charts/day-axis";
import { Lane, LegendMark } from "@/components/charts/lane";
import { Stroke } from "@/components/charts/stroke";
import type { PopulationDay } from "@/lib/services/analysis/squad";
import { TogetherWash } from "./spread-lane";

const PLOT = 84;

type ShareLaneProps = {
  days: readonly PopulationDay[];
  axis: DayAxis;
  ticks: readonly string[];
  chance: number;
};

/** Share of the squad below its own band each day, beside what chance alone puts there. */
export function ShareLane({ days, axis, ticks, chance }: ShareLaneProps) {
  const t = useTranslations("analysis");
  const most = Math.max(0.5, ...days.map((day) => day.shareBelow));
  const yOf = scaleLinear([0, most], [PLOT, 6]);
  const width = round((SPACE / axis.days) * 0.56);
  const bars = days
    .filter((day) => day.shareBelow > 0)
    .map(
      (day) =>
        `M${round(xOf(axis, day.date) - width / 2)} ${PLOT}V${round(yOf(day.shareBelow))}h${width}V${PLOT}z`,
    );
  return (
    <Lane
      title={t("share.title")}
      unit={t("share.unit")}
      label={t("share.label")}
      axis={axis}
      ticks={ticks}
      height={PLOT + 1}
      marks={[0, 0.25, 0.5, 0.75, 1]
        .filter((share) => share <= most)
        .map((share) => ({ y: yOf(share), text: String(share * 100), line: true as const }))}
      legend={
        <LegendMark colour="var(--ink)" shape="dashes">
          {t("share.chance", { percent: Math.round(chance * 100) })}
        </LegendMark>
      }
    >
      <TogetherWash days={days} axis={axis} />
      <path d={bars.join("")} fill="var(--load-current)" />
      <Stroke d={`M0 ${round(yOf(chance))}H${SPACE}`} look="dashes" stroke="var(--ink)" />
    </Lane>
  );
}
