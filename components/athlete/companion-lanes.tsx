import { range } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useTranslations } from "next-intl";
import { type DayAxis, dotsPath, linePath, round, SPACE, xOf } from "@/components/charts/day-axis";
import { Lane, LegendMark } from "@/components/charts/lane";
import { Stroke } from "@/components/charts/stroke";
import type { LoadKind } from "@/lib/readiness/load/kind";
import type { AthleteDay } from "@/lib/services/athletes/view";

type LaneInput = { days: readonly AthleteDay[]; axis: DayAxis; ticks: readonly string[] };

/** Bars of one colour as one path: width in drawing units, from y down to `base`. */
function barsPath(
  { days, axis }: LaneInput,
  of: { base: number; yOf: (day: AthleteDay) => number | null },
): string {
  const width = round((SPACE / axis.days) * 0.66);
  return days
    .map((day) => {
      const y = of.yOf(day);
      if (y === null || Math.abs(y - of.base) < 0.05) return "";
      return `M${round(xOf(axis, day.date) - width / 2)} ${of.base}V${round(y)}h${width}V${of.base}z`;
    })
    .join("");
}

/** Mean heart rate of the night, with the mean of the seven nights before each. */
export function RestingLane(input: LaneInput) {
  const t = useTranslations("athlete.chart");
  const values = input.days.flatMap((day) => day.heartRateBpm ?? []);
  if (values.length === 0) return <EmptyLane title={t("resting")} input={input} />;
  const low = Math.floor(Math.min(...values));
  const high = Math.max(low + 4, Math.ceil(Math.max(...values)));
  const yOf = scaleLinear([low, high], [40, 4]);
  const means = input.days.map((day, i) => ({ date: day.date, mean: meanOf(input.days, i) }));
  return (
    <Lane
      {...input}
      title={t("resting")}
      unit="bpm"
      height={44}
      marks={[
        { y: yOf(high), text: String(high) },
        { y: yOf(low), text: String(low) },
      ]}
      label={t("restingLabel", { low, high })}
    >
      <Stroke
        d={linePath(input.axis, means, ({ mean }) => (mean === null ? null : yOf(mean)))}
        look="line"
        stroke="var(--load-current)"
      />
      <Stroke
        d={dotsPath(input.axis, input.days, (day) =>
          day.heartRateBpm === null ? null : yOf(day.heartRateBpm),
        )}
        look="small-dots"
        stroke="var(--dot)"
      />
    </Lane>
  );
}

function meanOf(days: readonly AthleteDay[], index: number): number | null {
  const week = days.slice(Math.max(0, index - 6), index + 1).flatMap((day) => day.heartRateBpm ?? []);
  return week.length < 4 ? null : week.reduce((sum, bpm) => sum + bpm, 0) / week.length;
}

/** Daily load with its two weighted means; unknown days are marked, never drawn as rest. */
export function LoadLane({ kind, ...input }: LaneInput & { kind: LoadKind }) {
  const t = useTranslations("athlete.chart");
  const kinds = useTranslations("load.kind");
  const most = Math.max(50, ...input.days.map((day) => day.load ?? 0));
  const step = most > 400 ? 200 : most > 150 ? 100 : 50;
  const yOf = scaleLinear([0, most], [112, 8]);
  const marks = range(step, most + 1, step);
  const ewma = (value: number | null) => (value === null ? null : yOf(value));
  return (
    <Lane
      {...input}
      title={t("load")}
      unit={t("loadUnit", { kind: kinds(kind) })}
      height={113}
      marks={marks.map((load) => ({ y: yOf(load), text: String(load), line: true }))}
      label={t("loadLabel", { kind: kinds(kind) })}
      legend={
        <>
          <LegendMark colour="var(--ink)" shape="line">
            EWMA 7
          </LegendMark>
          <LegendMark colour="var(--ink)" shape="dashes">
            EWMA 28
          </LegendMark>
          <span>· {t("loadUnknown")}</span>
        </>
      }
    >
      <path
        d={barsPath(input, { base: 112, yOf: (day) => (day.load === null ? null : yOf(day.load)) })}
        fill="var(--load-previous)"
        opacity=".8"
      />
      <Stroke
        d={dotsPath(
          input.axis,
          input.days.filter((day) => day.load === null),
          () => 110,
        )}
        look="small-dots"
        stroke="var(--ink-3)"
      />
      <Stroke
        d={linePath(input.axis, input.days, (day) => ewma(day.loadEwma28))}
        look="dashes"
        stroke="var(--ink)"
      />
      <Stroke
        d={linePath(input.axis, input.days, (day) => ewma(day.loadEwma7))}
        look="strong"
        stroke="var(--ink)"
      />
      <Stroke d={`M0 112H${SPACE}`} look="hair" stroke="var(--line-strong)" />
    </Lane>
  );
}

/** Hours by stage, deep sleep at the bottom. */
export function SleepLane(input: LaneInput) {
  const t = useTranslations("athlete.chart");
  if (input.days.every((day) => day.asleepS === null)) return <EmptyLane title={t("sleep")} input={input} />;
  const most = Math.max(32_400, ...input.days.map((day) => (day.asleepS ?? 0) + (day.interruptedS ?? 0)));
  const yOf = scaleLinear([0, most], [76, 2]);
  const upTo = (parts: (keyof AthleteDay)[]) => (day: AthleteDay) =>
    day.asleepS === null ? null : yOf(parts.reduce((sum, part) => sum + Number(day[part] ?? 0), 0));
  const stages = [
    { key: "awake", parts: ["deepS", "lightS", "remS", "interruptedS"] },
    { key: "rem", parts: ["deepS", "lightS", "remS"] },
    { key: "light", parts: ["deepS", "lightS"] },
    { key: "deep", parts: ["deepS"] },
  ] as const;
  return (
    <Lane
      {...input}
      title={t("sleep")}
      unit={t("sleepUnit")}
      height={76}
      marks={[4, 8].map((hours) => ({ y: yOf(hours * 3600), text: `${hours} h`, line: true }))}
      label={t("sleepLabel")}
      legend={stages.toReversed().map(({ key }) => (
        <LegendMark key={key} colour={`var(--sleep-${key})`} shape="square">
          {t(`stage.${key}`)}
        </LegendMark>
      ))}
    >
      {stages.map(({ key, parts }) => (
        <path
          key={key}
          d={barsPath(input, { base: 76, yOf: upTo([...parts]) })}
          fill={`var(--sleep-${key})`}
        />
      ))}
    </Lane>
  );
}

/** Nightly Recharge's ANS charge around the own usual. */
export function AnsLane(input: LaneInput) {
  const t = useTranslations("athlete.chart");
  if (input.days.every((day) => day.ansCharge === null)) return <EmptyLane title={t("ans")} input={input} />;
  const yOf = scaleLinear([-10, 10], [44, 2]).clamp(true);
  const side = (sign: 1 | -1) => (day: AthleteDay) =>
    day.ansCharge === null || Math.sign(day.ansCharge) !== sign ? null : yOf(day.ansCharge);
  return (
    <Lane
      {...input}
      title={t("ans")}
      unit={t("ansUnit")}
      height={46}
      marks={[
        { y: 6, text: "+10" },
        { y: 42, text: "−10" },
      ]}
      label={t("ansLabel")}
    >
      <Stroke d={`M0 23H${SPACE}`} look="hair" stroke="var(--line-strong)" />
      <path d={barsPath(input, { base: 23, yOf: side(1) })} fill="var(--sleep-rem)" />
      <path d={barsPath(input, { base: 23, yOf: side(-1) })} fill="var(--sleep-deep)" />
    </Lane>
  );
}

/** Life stress of the morning check-in; a day without an answer stays empty. */
export function StressLane(input: LaneInput) {
  const t = useTranslations("athlete.chart");
  const width = round((SPACE / input.axis.days) * 0.8);
  if (input.days.every((day) => day.lifeStress === null))
    return <EmptyLane title={t("stress")} input={input} />;
  return (
    <Lane {...input} title={t("stress")} unit={t("stressUnit")} height={16} label={t("stressLabel")}>
      {[1, 2, 3, 4, 5, 6, 7].map((score) => (
        <path
          key={score}
          d={input.days
            .filter((day) => day.lifeStress === score)
            .map((day) => `M${round(xOf(input.axis, day.date) - width / 2)} 1h${width}v14h-${width}z`)
            .join("")}
          fill="var(--data)"
          opacity={0.1 + score * 0.11}
        />
      ))}
    </Lane>
  );
}

function EmptyLane({ title, input }: { title: string; input: LaneInput }) {
  const t = useTranslations("athlete.chart");
  return (
    <Lane {...input} title={title} unit={t("nothing")} height={16} label={t("nothing")}>
      <Stroke d={`M0 8H${SPACE}`} look="hair" stroke="var(--line-strong)" />
    </Lane>
  );
}
