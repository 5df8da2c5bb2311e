import { scaleLog } from "d3-scale";
import { useLocale, useTranslations } from "next-intl";
import { dayAxis, dotsPath, mondaysOf, msTicks, percentOf } from "@/components/charts/day-axis";
import { AxisWords, Lane, LegendMark } from "@/components/charts/lane";
import { Stroke } from "@/components/charts/stroke";
import { civil } from "@/components/format/dates";
import type { ReadingEntry } from "@/lib/services/readings/view";
import { addDays, type CivilDate } from "@/lib/time/civil-date";

const HEIGHT = 150;
const DAYS = 90;

/** Morning readings of the last 90 days on a logarithmic axis; rejected ones are hollow. */
export function ReadingsChart({ entries, today }: { entries: readonly ReadingEntry[]; today: CivilDate }) {
  const t = useTranslations("readings.chart");
  const locale = useLocale();
  const axis = dayAxis(addDays(today, 1 - DAYS), DAYS);
  const shown = entries.filter((entry) => entry.date >= axis.from && entry.date <= today);
  if (shown.length === 0) return null;
  const values = shown.map(({ rmssdMs }) => rmssdMs);
  const low = Math.max(1, Math.min(...values) * 0.9);
  const high = Math.max(...values) * 1.1;
  const yOf = scaleLog([low, high], [HEIGHT - 6, 6]);
  const ticks = mondaysOf(axis, today);
  const rejected = shown.filter((entry) => entry.quality === "rejected");
  return (
    <div className="mb-3">
      <Lane
        title={t("title")}
        unit={t("unit")}
        label={t("label", { n: shown.length })}
        legend={
          <LegendMark colour="var(--dot)" shape="dot">
            {t("reading")}
          </LegendMark>
        }
        axis={axis}
        ticks={ticks}
        height={HEIGHT}
        marks={msTicks(low, high).map((ms) => ({ y: yOf(ms), text: String(ms) }))}
        overlay={rejected.map((entry) => (
          <circle
            key={`${entry.date}-${entry.origin}`}
            cx={percentOf(axis, entry.date)}
            cy={yOf(entry.rmssdMs)}
            r="3"
            fill="none"
            stroke="var(--dot)"
          />
        ))}
      >
        <Stroke
          d={dotsPath(
            axis,
            shown.filter((entry) => entry.quality !== "rejected"),
            (entry) => yOf(entry.rmssdMs),
          )}
          look="dots"
          stroke="var(--dot)"
        />
      </Lane>
      <AxisWords
        words={ticks.map((date) => ({ at: percentOf(axis, date), text: civil(date, "day", locale) }))}
      />
    </div>
  );
}
