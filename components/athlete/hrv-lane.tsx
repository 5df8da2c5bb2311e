import { scaleLinear } from "d3-scale";
import { useLocale, useTranslations } from "next-intl";
import {
  bandPath,
  type DayAxis,
  dotsPath,
  linePath,
  msTicks,
  percentOf,
  round,
  SPACE,
  xOf,
} from "@/components/charts/day-axis";
import { Lane, LegendMark } from "@/components/charts/lane";
import { Stroke } from "@/components/charts/stroke";
import { decimal } from "@/components/format/numbers";
import { wordFor } from "@/components/format/word";
import { MAILED_LEVELS } from "@/lib/readiness/types";
import type { AthleteDay } from "@/lib/services/athletes/view";
import { addDays, daysBetween } from "@/lib/time/civil-date";

const HEIGHT = 302;
const BOTTOM = 280;

type HrvLaneProps = {
  days: readonly AthleteDay[];
  axis: DayAxis;
  ticks: readonly string[];
  selected: string;
};

/** Nights or mornings, 7-day mean and the two bands that move with the baseline; flagged nights in their level's colour with its glyph below. */
export function HrvLane({ days, axis, ticks, selected }: HrvLaneProps) {
  const t = useTranslations("athlete.chart");
  const yOf = scaleOf(days);
  const source = days.at(-1)?.source ?? "nightly";
  const nightY = (day: AthleteDay) => (day.rmssdMs === null ? null : yOf(Math.log(day.rmssdMs)));
  const band = (width: number) =>
    bandPath(axis, days, ({ baselineMean: mean, baselineSd: sd }) =>
      mean === null || sd === null ? null : { top: yOf(mean + width * sd), bottom: yOf(mean - width * sd) },
    );
  const isMailed = (day: AthleteDay) => MAILED_LEVELS.some((level) => level === day.level);
  return (
    <Lane
      title={t("hrv")}
      unit={t("hrvUnit", { source })}
      legend={<HrvLegend />}
      height={HEIGHT}
      marks={ticksMs(days).map((ms) => ({ y: yOf(Math.log(ms)), text: String(ms) }))}
      axis={axis}
      ticks={ticks}
      label={t("hrvLabel", { source })}
      overlay={<HrvOverlay days={days} axis={axis} selected={selected} nightY={nightY} />}
    >
      <path d={band(1)} fill="var(--band)" />
      <path d={band(0.5)} fill="var(--band-half)" />
      <TagWash days={days} axis={axis} />
      <Stroke
        d={linePath(axis, days, (day) => (day.mean7 === null ? null : yOf(day.mean7)))}
        look="strong"
        stroke="var(--data)"
      />
      <Stroke
        d={dotsPath(
          axis,
          days.filter((day) => day.valid && !isMailed(day)),
          nightY,
        )}
        look="dots"
        stroke="var(--dot)"
      />
      {MAILED_LEVELS.map((level) => (
        <Stroke
          key={level}
          d={dotsPath(
            axis,
            days.filter((day) => day.level === level),
            nightY,
          )}
          look="large-dots"
          stroke={`var(--mark-${level})`}
        />
      ))}
    </Lane>
  );
}

function HrvOverlay({
  days,
  axis,
  selected,
  nightY,
}: {
  days: readonly AthleteDay[];
  axis: DayAxis;
  selected: string;
  nightY: (day: AthleteDay) => number | null;
}) {
  const t = useTranslations("athlete.tag");
  const chart = useTranslations("athlete.chart");
  const chosen = days.find((day) => day.date === selected);
  const chosenY = chosen ? nightY(chosen) : null;
  return (
    <>
      {days.map((day) => {
        const x = percentOf(axis, day.date);
        if (day.rmssdMs === null)
          return (
            <text key={day.date} x={x} y={BOTTOM + 6} textAnchor="middle">
              ×
            </text>
          );
        if (!day.valid)
          return <circle key={day.date} cx={x} cy={nightY(day) ?? 0} r="3" fill="none" stroke="var(--dot)" />;
        return null;
      })}
      {days
        .filter((day) => MAILED_LEVELS.some((level) => level === day.level))
        .map((day) => (
          <svg
            key={day.date}
            x={percentOf(axis, day.date)}
            y={BOTTOM + 9}
            overflow="visible"
            aria-hidden="true"
            className={`mark-${day.level}`}
          >
            <use href={`#glyph-${day.level}`} x="-4.5" width="9" height="9" fill="currentColor" />
          </svg>
        ))}
      {sourceChanges(days).map(({ date, source }) => (
        <g key={date}>
          <line
            x1={percentOf(axis, date)}
            x2={percentOf(axis, date)}
            y1="0"
            y2={BOTTOM}
            stroke="var(--ink-3)"
            strokeDasharray="3 3"
          />
          <text x={percentOf(axis, date)} y={BOTTOM - 4} dx="4">
            {chart("sourceChange", { source })}
          </text>
        </g>
      ))}
      {labelledRuns(days).map(({ from, tag }) => (
        <text key={from} x={percentOf(axis, from)} y="9">
          {wordFor(t, tag) ?? tag}
        </text>
      ))}
      {chosenY === null || !chosen ? null : (
        <circle
          cx={percentOf(axis, chosen.date)}
          cy={round(chosenY)}
          r="6.5"
          fill="none"
          stroke="var(--ink)"
          strokeWidth="1.5"
        />
      )}
    </>
  );
}

/** Days left out by a tag, as a grey wash. */
function TagWash({ days, axis }: { days: readonly AthleteDay[]; axis: DayAxis }) {
  const width = SPACE / axis.days;
  return runsOf(days).map(({ from, to }) => (
    <rect
      key={from}
      x={round(xOf(axis, from) - width / 2)}
      width={round((daysBetween(from, to) + 1) * width)}
      height={BOTTOM}
      fill="var(--ink)"
      opacity=".05"
    />
  ));
}

type Run = { from: string; to: string; tag: string };

function runsOf(days: readonly AthleteDay[], tagOf = (day: AthleteDay) => day.excludedTag): Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const { date } = day;
    const tag = tagOf(day);
    if (tag === null) continue;
    const last = runs.at(-1);
    if (last && last.tag === tag && addDays(last.to, 1) === date) last.to = date;
    else runs.push({ from: date, to: date, tag });
  }
  return runs;
}

/** Tags that leave days out, and the label of travel, which leaves none out. */
function labelledRuns(days: readonly AthleteDay[]): Run[] {
  return runsOf(days, ({ excludedTag, travel }) => excludedTag ?? (travel ? "travel" : null));
}

/** Days from which the other series counts. */
function sourceChanges(days: readonly AthleteDay[]): Pick<AthleteDay, "date" | "source">[] {
  return days.filter((day, i) => i > 0 && day.source !== days[i - 1]!.source);
}

function boundsOf(days: readonly AthleteDay[]): { low: number; high: number } {
  const xs = days.flatMap(({ rmssdMs, valid, baselineMean: mean, baselineSd: sd }) => [
    ...(rmssdMs !== null && valid ? [Math.log(rmssdMs)] : []),
    ...(mean !== null && sd !== null ? [mean - sd, mean + sd] : []),
  ]);
  if (xs.length === 0) return { low: Math.log(20), high: Math.log(120) };
  return { low: Math.min(...xs) - 0.04, high: Math.max(...xs) + 0.04 };
}

function scaleOf(days: readonly AthleteDay[]): (x: number) => number {
  const { low, high } = boundsOf(days);
  const yOf = scaleLinear([high, low], [14, BOTTOM - 6]);
  return (x) => Math.max(4, Math.min(BOTTOM, yOf(x)));
}

function ticksMs(days: readonly AthleteDay[]): number[] {
  const { low, high } = boundsOf(days);
  return msTicks(Math.exp(low), Math.exp(high));
}

function HrvLegend() {
  const t = useTranslations("athlete.chart");
  const locale = useLocale();
  return (
    <>
      <LegendMark colour="var(--band)" shape="square">
        ±1 s
      </LegendMark>
      <LegendMark colour="var(--band-half)" shape="square">
        ±{decimal(0.5, 1, locale)} s
      </LegendMark>
      <LegendMark colour="var(--data)" shape="line">
        {t("mean7")}
      </LegendMark>
      <LegendMark colour="var(--mark-recovery)" shape="dot">
        {t("flagged")}
      </LegendMark>
      <span>× {t("noReading")}</span>
    </>
  );
}
