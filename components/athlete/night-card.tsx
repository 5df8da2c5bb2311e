import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { decimal, hoursMinutes, signed, whole } from "@/components/format/numbers";
import { Card } from "@/components/ui/blocks";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { AthleteView, NightEntry } from "@/lib/services/athletes/view";
import { nightAxis, wallMs } from "./night-axis";
import { NightCharts } from "./night-charts";

/** The night that ended on the chosen day: stages, Nightly Recharge, and the course of HRV. */
export function NightCard({ view }: { view: AthleteView }) {
  const t = useTranslations("athlete.night");
  const locale = useLocale();
  const { night } = view;
  const axis = night ? nightAxis(night) : null;
  return (
    <Card aria-labelledby="night-title" id="night">
      <h2 id="night-title">{t("title", { day: civil(view.day, "short", locale) })}</h2>
      {night === null ? <p className="text-ink-3">{t("none")}</p> : null}
      <Naps naps={view.naps} />
      {night ? (
        <div className="grid grid-cols-[250px_minmax(0,1fr)] gap-x-6 gap-y-2 phone:grid-cols-1">
          <NightFacts night={night} />
          <div>
            {axis ? <NightCharts night={night} axis={axis} /> : <p className="text-ink-3">{t("noCourse")}</p>}
            {axis ? <NightTable night={night} /> : null}
          </div>
        </div>
      ) : null}
    </Card>
  );
}

/** Sleeps of the day besides the night; they are shown and never scored. */
function Naps({ naps }: { naps: AthleteView["naps"] }) {
  const t = useTranslations("athlete.night");
  if (naps.length === 0) return null;
  const asleep = (seconds: number | null) => (seconds === null ? "" : hoursMinutes(seconds));
  return (
    <ul className="text-ink-2" aria-label={t("naps")}>
      {naps.map(({ startAtMs, endAtMs, utcOffsetMinutes, asleepS }) => (
        <li key={startAtMs}>
          {t("nap", {
            from: clockOf(startAtMs, utcOffsetMinutes),
            to: clockOf(endAtMs, utcOffsetMinutes),
            known: asleepS === null ? "no" : "yes",
            asleep: asleep(asleepS),
          })}
        </li>
      ))}
    </ul>
  );
}

function clockOf(atMs: number, offsetMinutes: number | null): string {
  return new Date(atMs + (offsetMinutes ?? 0) * 60_000).toISOString().slice(11, 16);
}

function NightFacts({ night }: { night: NightEntry }) {
  const t = useTranslations("athlete.night");
  const locale = useLocale();
  const { startAtMs, endAtMs, utcOffsetMinutes, polar } = night;
  const bed =
    startAtMs === null || endAtMs === null
      ? null
      : `${clockOf(startAtMs, utcOffsetMinutes)}–${clockOf(endAtMs, utcOffsetMinutes)}`;
  // A step that Polar has added since is shown as its number.
  const step = (key: string, code: number) => (t.has(key) ? t(key) : String(code));
  const duration = (seconds: number | null) => (seconds === null ? null : hoursMinutes(seconds));
  const ans =
    night.ansCharge === null
      ? null
      : [
          signed(night.ansCharge, 1, locale),
          night.ansChargeStatus ? step(`ansStatus.${night.ansChargeStatus}`, night.ansChargeStatus) : "",
        ]
          .filter(Boolean)
          .join(", ");
  const facts = [
    ["bed", bed],
    ["asleep", duration(night.asleepS)],
    ["deep", duration(night.deepS)],
    ["rem", duration(night.remS)],
    ["light", duration(night.lightS)],
    ["awake", duration(night.interruptedS)],
    ["efficiency", night.efficiency === null ? null : `${whole(night.efficiency * 100)} %`],
    ["score", polar?.sleepScore == null ? null : whole(polar.sleepScore)],
    ["hrv", night.rmssdMs === null ? null : `${whole(night.rmssdMs)} ms`],
    ["heartRate", night.heartRateBpm === null ? null : `${whole(night.heartRateBpm)} bpm`],
    [
      "breathing",
      night.breathingPerMin === null ? null : `${decimal(night.breathingPerMin, 1, locale)} / min`,
    ],
    ["ans", ans],
    [
      "recharge",
      night.rechargeStatus ? step(`rechargeStatus.${night.rechargeStatus}`, night.rechargeStatus) : null,
    ],
  ] as const;
  return (
    <dl className="grid grid-cols-1 content-start text-[0.75rem] leading-[1.0625rem] phone:grid-cols-2 phone:gap-x-3 phone:gap-y-1.5 phone:text-[0.875rem] phone:leading-[1.25rem] [&>div]:grid [&>div]:grid-cols-[110px_minmax(0,1fr)] [&>div]:gap-2 phone:[&>div]:grid-cols-1 phone:[&>div]:content-start phone:[&>div]:gap-0 [&_dt]:text-ink-3">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{t(`fact.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

/** The night's course as numbers: when each stage began, and the RMSSD of each five minutes. */
function NightTable({ night }: { night: NightEntry }) {
  const t = useTranslations("athlete.night");
  const chart = useTranslations("athlete.chart");
  const startMs = (night.startAtMs ?? 0) + (night.utcOffsetMinutes ?? 0) * 60_000;
  const at = (ms: number) => new Date(ms).toISOString().slice(11, 16);
  const stages = (night.hypnogram ?? []).map(([minute, stage]) => ({
    at: at(startMs + minute * 60_000),
    value: stage === "unknown" ? t("unknown") : chart(`stage.${stage}`),
  }));
  const fromMs = night.rmssdSeries ? wallMs(night.rmssdSeries.startsAt) : 0;
  const series = (night.rmssdSeries?.points ?? []).map(([minute, value]) => ({
    at: at(fromMs + minute * 60_000),
    value: value === null ? "–" : whole(value),
  }));
  return (
    <details className="print:hidden">
      <summary className="link">{t("asTable")}</summary>
      <ScrollBox
        className="mt-1.5 grid max-h-80 grid-cols-[repeat(2,minmax(0,260px))] items-start gap-6 overflow-y-auto phone:grid-cols-1 [&_caption]:text-left"
        label={t("asTable")}
      >
        {[
          { key: "stages", rows: stages },
          { key: "series", rows: series },
        ].map(({ key, rows }) => (
          <table key={key} className="rows">
            <caption className="text-label font-medium text-ink-3">{t(key)}</caption>
            <thead>
              <tr>
                <th scope="col">{t("time")}</th>
                <th scope="col" className="num">
                  {t(`column.${key}`)}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.at}/${row.value}`}>
                  <th scope="row">{row.at}</th>
                  <td className="num">{row.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </ScrollBox>
    </details>
  );
}
