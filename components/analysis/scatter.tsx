import { extent, ticks } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useLocale, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import type { DriverPoints } from "@/lib/services/analysis/drivers";
import { deviationPercent, driverValue } from "./driver-value";

/** Percent above and below the mean that are written at the axis, as far as the points reach. */
const PERCENTS = [-60, -40, -20, 0, 25, 50, 100, 150];
const HOUR_S = 3600;

type Span = { low: number; high: number };

/** A dot per day: the measure to the right, the deviation of HRV upwards. The table beside it holds the same days. */
export function Scatter({ view }: { view: DriverPoints }) {
  const t = useTranslations("analysis.points");
  const locale = useLocale();
  const { id } = view.row;
  const x = spanOf(view.points.map(({ value }) => value));
  const y = spanOf([0, ...view.points.map(({ deviation }) => deviation)]);
  const right = scaleLinear([x.low, x.high], [0, 100]);
  const down = scaleLinear([y.high, y.low], [0, 100]);
  const percents = PERCENTS.map((percent) => Math.log1p(percent / 100)).filter(
    (deviation) => deviation >= y.low && deviation <= y.high,
  );
  return (
    <div aria-hidden="true">
      <p className="font-medium text-label text-ink-3">{t("up")}</p>
      <div className="relative mt-1 mr-2 mb-6 ml-14 h-80 border border-line">
        <svg className="block size-full" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {percents.map((deviation) => (
            <path
              key={deviation}
              d={`M0 ${down(deviation).toFixed(2)}H100`}
              stroke={deviation === 0 ? "var(--ink-3)" : "var(--line)"}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          <path
            stroke="var(--data)"
            strokeOpacity=".6"
            strokeWidth="6"
            strokeLinecap="round"
            vectorEffect="non-scaling-stroke"
            d={view.points
              .map(({ value, deviation }) => `M${right(value).toFixed(2)} ${down(deviation).toFixed(2)}h0`)
              .join("")}
          />
        </svg>
        {percents.map((deviation) => (
          <Tick
            key={deviation}
            className="right-[calc(100%+6px)] -translate-y-1/2"
            style={{ top: `${down(deviation)}%` }}
          >
            {deviationPercent(deviation, locale)}
          </Tick>
        ))}
        {ticksOf(id, x).map((value) => (
          <Tick
            key={value}
            className="top-[calc(100%+5px)] -translate-x-1/2"
            style={{ left: `${right(value)}%` }}
          >
            {driverValue(id, value, locale)}
          </Tick>
        ))}
      </div>
      <p className="font-medium text-label text-ink-3 text-right">{t(`unit.${id}`)}</p>
    </div>
  );
}

function Tick({ className, ...rest }: ComponentProps<"span">) {
  return <span className={`absolute whitespace-nowrap text-label text-ink-3 ${className}`} {...rest} />;
}

/** Least and greatest with a little room, so that no dot is cut. */
function spanOf(values: readonly number[]): Span {
  const [low = 0, high = 0] = extent(values);
  const room = (high - low || 1) * 0.05;
  return { low: low - room, high: high + room };
}

function ticksOf(id: DriverPoints["row"]["id"], { low, high }: Span): number[] {
  if (id !== "sleep-duration") return ticks(low, high, 6);
  return ticks(low / HOUR_S, high / HOUR_S, 6).map((hours) => hours * HOUR_S);
}
