import { scaleLinear } from "d3-scale";
import { useTranslations } from "next-intl";
import { round } from "@/components/charts/day-axis";
import { whole } from "@/components/format/numbers";
import type { WhyView } from "@/lib/services/squads/view-model";

const WIDTH = 430;
const LEFT = 34;
const TOP = 10;
const BOTTOM = 96;
const LOAD_TOP = 110;
const LOAD_BASE = 144;

const across = scaleLinear([20, 0], [LEFT + 6, WIDTH - 4]);
const xOf = (daysBefore: number) => round(across(daysBefore));

/** The last 21 nights against today's band, the fitted seven days, and the loads of both weeks. */
export function WhyChart({ why }: { why: WhyView }) {
  const t = useTranslations("squad.why");
  const scale = scaleOf(why);
  if (!scale) return null;
  return (
    <figure>
      <figcaption className="font-medium text-label text-ink-3 mb-1">
        {t("chart", { source: why.evidence.source })}
      </figcaption>
      <svg
        className="max-w-[430px] overflow-visible"
        viewBox={`0 0 ${WIDTH} 168`}
        width="100%"
        role="img"
        aria-label={t("chartLabel", { name: why.name, source: why.evidence.source })}
      >
        <Band why={why} yOf={scale.yOf} />
        <Nights why={why} yOf={scale.yOf} />
        <Fall why={why} yOf={scale.yOf} />
        <Loads why={why} />
      </svg>
    </figure>
  );
}

type Night = WhyView["nights"][number];
type Part = { why: WhyView; yOf: (x: number) => number };

function scaleOf(why: WhyView): { yOf: (x: number) => number } | null {
  const { mean, sd } = why.evidence.baseline;
  const xs = why.nights.flatMap((night) => (night.rmssdMs && night.valid ? [Math.log(night.rmssdMs)] : []));
  if (mean !== null && sd !== null) xs.push(mean - 1.3 * sd, mean + 1.3 * sd);
  if (xs.length === 0) return null;
  const low = Math.min(...xs);
  const span = Math.max(Math.max(...xs) - low, 0.05);
  const yOf = scaleLinear([low, low + span], [BOTTOM, TOP]).clamp(true);
  // A reading that cannot be one is a ring at the edge: it does not set the scale.
  return { yOf: (x) => round(yOf(x)) };
}

function Band({ why, yOf }: Part) {
  const { mean, sd } = why.evidence.baseline;
  if (mean === null || sd === null) return null;
  const lines = [mean + sd, mean, mean - sd];
  return (
    <>
      <rect
        x={LEFT}
        y={yOf(mean + sd)}
        width={WIDTH - LEFT}
        height={round(yOf(mean - sd) - yOf(mean + sd))}
        fill="var(--band)"
      />
      <path d={`M${LEFT} ${yOf(mean)}H${WIDTH}`} stroke="var(--surface)" strokeWidth="1.5" />
      {lines.map((x) => (
        <text key={x} x={LEFT - 5} y={yOf(x) + 3} textAnchor="end">
          {whole(Math.exp(x))}
        </text>
      ))}
    </>
  );
}

function Nights({ why, yOf }: Part) {
  const mean = why.nights.flatMap((night): Point[] =>
    night.mean7 === null ? [] : [[xOf(night.daysBefore), yOf(night.mean7)]],
  );
  const today = why.nights.find((night) => night.daysBefore === 0);
  return (
    <>
      <path
        d={pathOf(mean, { next: "l", mark: () => "" })}
        fill="none"
        stroke="var(--data)"
        strokeWidth="1.6"
      />
      <path d={marksOf(why, yOf, "missing")} stroke="var(--ink-3)" />
      <path d={marksOf(why, yOf, "valid")} stroke="var(--dot)" strokeWidth="5.2" strokeLinecap="round" />
      <path d={marksOf(why, yOf, "invalid")} fill="none" stroke="var(--dot)" />
      {today?.rmssdMs && today.valid ? (
        <circle cx={xOf(0)} cy={yOf(Math.log(today.rmssdMs))} r="4" fill="var(--ink)" />
      ) : null}
    </>
  );
}

/** All nights of a kind in one path: a cross below where there is none, a dot, a ring; today's valid one is drawn by itself. */
function marksOf(why: WhyView, yOf: Part["yOf"], kind: "missing" | "valid" | "invalid"): string {
  if (kind === "valid") {
    const dots = why.nights.flatMap(({ daysBefore, rmssdMs, valid }): Point[] =>
      rmssdMs && valid && daysBefore > 0 ? [[xOf(daysBefore), yOf(Math.log(rmssdMs))]] : [],
    );
    return pathOf(dots, { next: "m", mark: () => "h0" });
  }
  return why.nights
    .map(({ daysBefore, rmssdMs, valid }) => {
      const x = xOf(daysBefore);
      if (!rmssdMs) return kind === "missing" ? `M${round(x - 2)} 100l4 4m0-4l-4 4` : "";
      if (valid || kind !== "invalid") return "";
      return `M${round(x - 2.6)} ${yOf(Math.log(rmssdMs))}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0-5.2 0`;
    })
    .join("");
}

type Point = readonly [x: number, y: number];

/** What is drawn at each point, where it ends again; every point is written from the one before, which shrinks to half on the wire. */
function pathOf(points: readonly Point[], { next, mark }: { next: "l" | "m"; mark: (i: number) => string }) {
  return points
    .map(([x, y], i) => {
      const [x0, y0] = points[i - 1] ?? [0, 0];
      const down = round(y - y0);
      return `${i === 0 ? "M" : next}${round(x - x0)}${down < 0 ? "" : " "}${down}${mark(i)}`;
    })
    .join("");
}

/** The fitted line of the falling week, through the mean of its nights. */
function Fall({ why, yOf }: Part) {
  const { slopePerDay } = why.evidence.trend7;
  const week = why.nights.filter((night) => night.daysBefore < 7 && night.valid && night.rmssdMs);
  if (!why.evidence.rules.R5 || slopePerDay === null || week.length === 0) return null;
  const middle = week.reduce((sum, night) => sum - night.daysBefore, 0) / week.length;
  const level = week.reduce((sum, night) => sum + Math.log(night.rmssdMs ?? 1), 0) / week.length;
  const at = (daysBefore: number) => yOf(level + slopePerDay * (-daysBefore - middle));
  return (
    <path
      d={`M${xOf(6)} ${at(6)}L${xOf(0)} ${at(0)}`}
      stroke={`var(--mark-${why.level === "watch" ? "steady" : why.level})`}
      strokeWidth="1.5"
      strokeDasharray="4 3"
    />
  );
}

function Loads({ why }: { why: WhyView }) {
  const t = useTranslations("squad.why");
  const { load } = why.evidence;
  const most = Math.max(1, ...why.nights.map((night) => night.load ?? 0));
  const bracket = (from: number, to: number) => `M${xOf(from) - 6} 149v3H${xOf(to) + 6}v-3`;
  return (
    <>
      <path d={unknownLoads(why)} stroke="var(--ink-3)" strokeDasharray="1 3" />
      <path
        d={loadBars(why, most, ({ daysBefore }) => !isLastWeek(daysBefore))}
        fill="var(--load-previous)"
        opacity=".7"
      />
      <path d={loadBars(why, most, ({ daysBefore }) => isLastWeek(daysBefore))} fill="var(--load-current)" />
      <path d={`M${LEFT} ${LOAD_BASE + 0.5}H${WIDTH}`} stroke="var(--line-strong)" />
      <text x={LEFT - 5} y={LOAD_BASE} textAnchor="end">
        {t("load")}
      </text>
      <path d={`${bracket(14, 8)}${bracket(7, 1)}`} fill="none" stroke="var(--line-strong)" />
      <text x={(xOf(14) + xOf(8)) / 2} y="163" textAnchor="middle">
        {t("previousWeek", { load: load.prev7 === null ? "–" : whole(load.prev7) })}
      </text>
      <text className="fill-ink font-semibold" x={(xOf(7) + xOf(1)) / 2} y="163" textAnchor="middle">
        {t("lastWeek", { load: load.sum7 === null ? "–" : whole(load.sum7) })}
      </text>
    </>
  );
}

function isLastWeek(daysBefore: number): boolean {
  return daysBefore >= 1 && daysBefore <= 7;
}

function loadBars(why: WhyView, most: number, wanted: (night: Night) => boolean): string {
  const loads = why.nights.flatMap((night) =>
    night.load !== null && wanted(night) ? [{ daysBefore: night.daysBefore, load: night.load }] : [],
  );
  const feet = loads.map(({ daysBefore }): Point => [round(xOf(daysBefore) - 6), LOAD_BASE]);
  const heights = loads.map(({ load }) => round((load / most) * (LOAD_BASE - LOAD_TOP)));
  return pathOf(feet, { next: "m", mark: (i) => `v-${heights[i]}h12v${heights[i]}z` });
}

/** A dotted foot where a day's load is not known; today's never is. */
function unknownLoads(why: WhyView): string {
  return why.nights
    .filter(({ daysBefore, load }) => load === null && daysBefore > 0)
    .map(({ daysBefore }) => `M${round(xOf(daysBefore) - 6)} ${LOAD_BASE - 2}h12`)
    .join("");
}
