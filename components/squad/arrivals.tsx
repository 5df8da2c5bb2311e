import { range } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useTranslations } from "next-intl";
import { round } from "@/components/charts/day-axis";

const WIDTH = 210;

/** When last night's data came, one tick per athlete, on an axis of whole hours around them. */
export function Arrivals({ minutes }: { minutes: readonly number[] }) {
  const t = useTranslations("squad.headline");
  const from = Math.floor(Math.min(...minutes) / 60);
  const to = Math.max(from + 1, Math.ceil(Math.max(...minutes) / 60));
  const scale = scaleLinear([from * 60, to * 60], [0, WIDTH]);
  const xOf = (minute: number) => round(scale(minute));
  const step = Math.max(1, Math.ceil((to - from) / 4));
  const hours = range(from, to + 1, step);
  const ticks = minutes.map((minute) => `M${xOf(minute)} 6v12`).join("");
  return (
    <svg
      className="mx-2 overflow-visible phone:hidden"
      width={WIDTH}
      height="36"
      role="img"
      aria-label={t("arrivals")}
    >
      <path d={`M0 20.5H${WIDTH}`} stroke="var(--line-strong)" />
      {hours.map((hour) => (
        <g key={hour}>
          <path d={`M${xOf(hour * 60)} 18v5`} stroke="var(--line-strong)" />
          <text x={xOf(hour * 60)} y="33" textAnchor="middle">
            {hour}:00
          </text>
        </g>
      ))}
      <path d={ticks} stroke="var(--data)" strokeWidth="1.5" opacity=".8" />
    </svg>
  );
}
