import { useFormatter, useTranslations } from "next-intl";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { OwnNight } from "@/lib/services/own-page/view-model";

const width = 400;
const height = 120;

/** Four weeks of the athlete's own HRV: nights or mornings as dots, the 7-day mean, the usual range as a band; logarithmic. */
export function Trend({ nights }: { nights: OwnNight[] }) {
  const t = useTranslations("me.page");
  const y = scaleOf(nights);
  const x = (at: number) => Math.round(((at + 0.5) * width) / Math.max(nights.length, 1));
  const readings = nights.filter((night) => night.rmssdMs !== null).length;
  const source = nights.at(-1)?.source ?? "nightly";
  if (readings === 0) return <p className="text-ink-2">{t("trendSummary", { readings, source })}</p>;
  return (
    <figure>
      <svg viewBox={`0 0 ${width} ${height}`} width="100%" aria-hidden="true">
        {bandsOf(nights).map((band) => (
          <polygon
            key={band[0]}
            fill="var(--band)"
            points={[
              ...band.map((at) => `${x(at)},${y(nights[at]?.highMs ?? 1)}`),
              ...band.toReversed().map((at) => `${x(at)},${y(nights[at]?.lowMs ?? 1)}`),
            ].join(" ")}
          />
        ))}
        <path d={lineOf(nights, x, y)} fill="none" stroke="var(--data)" strokeWidth="2" />
        {nights.map((night, at) =>
          night.rmssdMs === null ? null : (
            <circle key={night.date} cx={x(at)} cy={y(night.rmssdMs)} r="2.6" fill="var(--dot)" />
          ),
        )}
      </svg>
      <figcaption className="mt-2 text-[0.8125rem] text-ink-3 leading-[1.125rem]">
        {t("trendCaption", { source })} {t("trendSummary", { readings, source })}
      </figcaption>
      <TrendTable nights={nights} />
    </figure>
  );
}

function TrendTable({ nights }: { nights: OwnNight[] }) {
  const t = useTranslations("me.page");
  const format = useFormatter();
  const ms = (value: number | null) => (value === null ? "–" : Math.round(value));
  const source = nights.at(-1)?.source ?? "nightly";
  return (
    <details className="pt-2">
      <summary className="link">{t("trendTable")}</summary>
      <ScrollBox label={t("trendTable")} className="overflow-x-auto">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("night", { source })}</th>
              <th scope="col" className="num">
                {t("hrv")}
              </th>
              <th scope="col" className="num">
                {t("mean7", { source })}
              </th>
              <th scope="col" className="num">
                {t("usual")}
              </th>
            </tr>
          </thead>
          <tbody>
            {nights.toReversed().map((night) => (
              <tr key={night.date}>
                <th scope="row">
                  {format.dateTime(new Date(`${night.date}T12:00:00Z`), {
                    day: "numeric",
                    month: "short",
                    timeZone: "UTC",
                  })}
                </th>
                <td className="num">{ms(night.rmssdMs)}</td>
                <td className="num">{ms(night.mean7Ms)}</td>
                <td className="num">
                  {night.lowMs === null ? "–" : `${ms(night.lowMs)}–${ms(night.highMs)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}

function scaleOf(nights: OwnNight[]): (ms: number) => number {
  const values = nights
    .flatMap(({ rmssdMs, lowMs, highMs }) => [rmssdMs, lowMs, highMs])
    .filter((ms) => ms !== null);
  const low = Math.log(Math.min(...values));
  const span = Math.max(Math.log(Math.max(...values)) - low, 0.1);
  return (ms) => Math.round((8 + (height - 16) * (1 - (Math.log(ms) - low) / span)) * 10) / 10;
}

/** Runs of neighbouring days that have a usual range, as positions. */
function bandsOf(nights: OwnNight[]): number[][] {
  const runs: number[][] = [];
  nights.forEach((night, at) => {
    if (night.lowMs === null || night.highMs === null) return;
    const run = runs.at(-1);
    if (run?.at(-1) === at - 1) run.push(at);
    else runs.push([at]);
  });
  return runs;
}

function lineOf(nights: OwnNight[], x: (at: number) => number, y: (ms: number) => number): string {
  return nights
    .map(({ mean7Ms }, at) => {
      if (mean7Ms === null) return "";
      const starts = at === 0 || nights[at - 1]?.mean7Ms === null;
      return `${starts ? "M" : "L"}${x(at)} ${y(mean7Ms)}`;
    })
    .join("");
}
