import { useSyncExternalStore } from "react";
import { decodeMean, decodeNights, MEAN_STEPS, NIGHT_STEPS, SPARK_DAYS, type SparkCode } from "./spark-code";

const SPARK_SIZE = { width: 164, height: 30 } as const;
const { width: WIDTH } = SPARK_SIZE;
const MIDDLE = 13;
const PER_S = NIGHT_STEPS;
const FIRST_X = 2.25;
const STEP_X = 2.7;
/** Pixels to a step of the mean: its path is drawn in whole steps and scaled. */
const MEAN_PX = PER_S / MEAN_STEPS;

const xOf = (day: number) => Math.round((FIRST_X + day * STEP_X) * 100) / 100;

const never = () => () => {};

/**
 * Sixty nights in own SD, today as a dot, the 7-day mean as a line, episode starts below. Decoration: cells hold the
 * numbers. It takes its place in the page and is drawn by the browser, from what has travelled with the row anyway.
 */
export function Sparkline({ spark }: { spark: SparkCode }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return inBrowser ? <Drawn spark={spark} /> : <svg {...SPARK_SIZE} aria-hidden="true" />;
}

function Drawn({ spark }: { spark: SparkCode }) {
  const nights = decodeNights(spark.nights);
  const today = nights.at(-1) ?? null;
  return (
    <svg {...SPARK_SIZE} aria-hidden="true">
      {spark.hasBand ? <rect y={MIDDLE - PER_S} width={WIDTH} height={2 * PER_S} fill="var(--band)" /> : null}
      <path d={nightsPath(nights)} />
      <path d={meanPath(decodeMean(spark.mean7, nights))} />
      {today === null ? null : (
        <circle cx={xOf(SPARK_DAYS - 1)} cy={MIDDLE - today} r="2.6" fill="var(--ink)" />
      )}
      {spark.episodes.map(([daysBefore, level]) => (
        <path
          key={daysBefore}
          d={`M${xOf(SPARK_DAYS - 1 - daysBefore)} 27l-2.5 4h5z`}
          fill={`var(--mark-${level})`}
        />
      ))}
    </svg>
  );
}

/**
 * Zero-length strokes with round caps: every night of the row but today's in one path. Each is written from the one
 * before, because repeated steps shrink to half on the wire.
 */
export function nightsPath(nights: readonly (number | null)[]): string {
  let path = "";
  let before = { day: 0, y: 0 };
  for (const [day, step] of nights.slice(0, -1).entries()) {
    if (step === null) continue;
    const y = MIDDLE - step;
    path += path === "" ? `M${xOf(day)} ${y}h0` : `m${pair((day - before.day) * STEP_X, y - before.y)}h0`;
    before = { day, y };
  }
  return path;
}

/** The mean's line in units of MEAN_PX, relative as the nights are; it breaks where the mean is not defined. */
export function meanPath(means: readonly (number | null)[]): string {
  let path = "";
  let goesOn = false;
  for (const [day, step] of means.entries()) {
    if (step === null) {
      goesOn = false;
      continue;
    }
    const before = means[day - 1] ?? null;
    if (before === null)
      path += `M${pair(Math.round(xOf(day) / MEAN_PX), Math.round(MIDDLE / MEAN_PX) - step)}`;
    else path += `${goesOn ? " " : "l"}${pair(STEP_X / MEAN_PX, before - step)}`;
    goesOn = before !== null;
  }
  return path;
}

function pair(x: number, y: number): string {
  return `${Math.round(x * 100) / 100}${y < 0 ? "" : " "}${y}`;
}
