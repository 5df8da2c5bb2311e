import { scaleLinear } from "d3-scale";
import { line } from "d3-shape";
import { useTranslations } from "next-intl";
import { round, SPACE } from "@/components/charts/day-axis";
import { AxisWords, Plot, Stretched } from "@/components/charts/lane";
import { Stroke } from "@/components/charts/stroke";
import { VALID_RMSSD_MS } from "@/lib/readiness/constants";
import type { NightEntry } from "@/lib/services/athletes/view";
import type { SleepStage } from "@/lib/wearables/types";
import { hourTicks, type NightAxis, wallMs } from "./night-axis";

const STAGES = ["awake", "rem", "light", "deep"] as const;
const STAGE_HEIGHT = 17;
const HRV_HEIGHT = 72;

type Charted = { night: NightEntry; axis: NightAxis };

const xOf = (axis: NightAxis, minute: number) => round((minute / axis.minutes) * SPACE);

/** Stages through the night, and the RMSSD of every five minutes below them on the same hours. */
export function NightCharts({ night, axis }: Charted) {
  return (
    <div className="pt-0.5 [--gutter:56px]">
      {night.hypnogram && night.startAtMs !== null ? <Stages night={night} axis={axis} /> : null}
      {night.rmssdSeries ? <Series night={night} axis={axis} /> : null}
      <AxisWords
        words={hourTicks(axis).map(({ minute, text }) => ({
          at: `${round((minute / axis.minutes) * 100)}%`,
          text,
        }))}
      />
    </div>
  );
}

function Stages({ night, axis }: Charted) {
  const t = useTranslations("athlete.chart");
  const words = useTranslations("athlete.night");
  const shift = ((night.startAtMs ?? 0) + (night.utcOffsetMinutes ?? 0) * 60_000 - axis.fromMs) / 60_000;
  const endMinute = ((night.endAtMs ?? 0) - (night.startAtMs ?? 0)) / 60_000;
  const height = STAGES.length * STAGE_HEIGHT;
  const runs = (night.hypnogram ?? []).map(([minute, stage], i, all) => ({
    stage,
    from: minute + shift,
    to: (all[i + 1]?.[0] ?? endMinute) + shift,
  }));
  return (
    <Plot height={height} label={words("stagesLabel")}>
      <Stretched height={height}>
        <Grid axis={axis} height={height} />
        {STAGES.map((stage, i) => (
          <path
            key={stage}
            fill={`var(--sleep-${stage})`}
            d={runs
              .filter((run) => rowOf(run.stage) === i)
              .map((run) => {
                const [x, width] = [xOf(axis, run.from), xOf(axis, run.to) - xOf(axis, run.from)];
                return `M${x} ${i * STAGE_HEIGHT + 2}h${round(width)}v${STAGE_HEIGHT - 4}h${round(-width)}z`;
              })
              .join("")}
          />
        ))}
      </Stretched>
      {STAGES.map((stage, i) => (
        <text key={stage} x="-6" y={i * STAGE_HEIGHT + 12} textAnchor="end">
          {t(`stage.${stage}`)}
        </text>
      ))}
    </Plot>
  );
}

/** An unknown stretch is drawn nowhere. */
function rowOf(stage: SleepStage): number {
  return STAGES.indexOf(stage as (typeof STAGES)[number]);
}

/** What no heart can do is a gap in the drawing; the table has it. */
function usable(rmssdMs: number | null): number | null {
  return rmssdMs !== null && rmssdMs >= VALID_RMSSD_MS.min && rmssdMs <= VALID_RMSSD_MS.max ? rmssdMs : null;
}

function Series({ night, axis }: Charted) {
  const words = useTranslations("athlete.night");
  const { startsAt, points: recorded } = night.rmssdSeries ?? { startsAt: "", points: [] };
  const points = recorded.map(([minute, value]): [number, number | null] => [minute, usable(value)]);
  const values = points.flatMap(([, value]) => value ?? []);
  if (values.length === 0) return null;
  const shift = (wallMs(startsAt) - axis.fromMs) / 60_000;
  const high = Math.max(...values, usable(night.rmssdMs) ?? 0) * 1.05;
  const scale = scaleLinear([0, high], [HRV_HEIGHT - 3, 5]);
  const yOf = (ms: number) => round(scale(ms));
  const course = line<(typeof points)[number]>(
    ([minute]) => xOf(axis, minute + shift),
    ([, ms]) => yOf(ms ?? 0),
  )
    .defined(([, ms]) => ms !== null)
    .digits(1);
  const marks = [Math.round(high / 20) * 10, Math.round(high / 1.15 / 10) * 10];
  return (
    <>
      <p className="mt-2 mb-0.5 flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-label/4 text-ink-3">
        <b className="text-cell text-ink">{words("series")}</b> <span>{words("seriesUnit")}</span>
      </p>
      <Plot height={HRV_HEIGHT} label={words("seriesLabel")}>
        <Stretched height={HRV_HEIGHT}>
          <Grid axis={axis} height={HRV_HEIGHT} />
          {usable(night.rmssdMs) === null ? null : (
            <Stroke d={`M0 ${yOf(night.rmssdMs ?? 0)}H${SPACE}`} look="dashes" stroke="var(--ink-3)" />
          )}
          <Stroke d={course(points) ?? ""} look="strong" stroke="var(--data)" />
        </Stretched>
        {[...new Set(marks)].map((ms) => (
          <text key={ms} x="-6" y={yOf(ms) + 3} textAnchor="end">
            {ms}
          </text>
        ))}
      </Plot>
    </>
  );
}

function Grid({ axis, height }: { axis: NightAxis; height: number }) {
  const d = hourTicks(axis)
    .map(({ minute }) => `M${xOf(axis, minute)} 0V${height}`)
    .join("");
  return <Stroke d={d} look="hair" stroke="var(--line)" />;
}
