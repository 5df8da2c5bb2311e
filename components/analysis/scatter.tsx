import { extent, ticks } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useLocale, useTranslations } from "next-intl";
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
    <div className="scatter" aria-hidden="true">
      <p className="label">{t("up")}</p>
      <div className="scatter-field">
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
          {percents.map((deviation) => (
            <path
              key={deviation}
              d={`M0 ${down(deviation).toFixed(2)}H100`}
              className={deviation === 0 ? "scatter-mean" : "scatter-line"}
            />
          ))}
          <path
            className="scatter-dots"
            d={view.points
              .map(({ value, deviation }) => `M${right(value).toFixed(2)} ${down(deviation).toFixed(2)}h0`)
              .join("")}
          />
        </svg>
        {percents.map((deviation) => (
          <span key={deviation} className="scatter-up" style={{ top: `${down(deviation)}%` }}>
            {deviationPercent(deviation, locale)}
          </span>
        ))}
        {ticksOf(id, x).map((value) => (
          <span key={value} className="scatter-right" style={{ left: `${right(value)}%` }}>
            {driverValue(id, value, locale)}
          </span>
        ))}
      </div>
      <p className="label scatter-foot">{t(`unit.${id}`)}</p>
    </div>
  );
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
