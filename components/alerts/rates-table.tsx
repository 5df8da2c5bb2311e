import { useLocale, useTranslations } from "next-intl";
import { decimal } from "@/components/format/numbers";
import { PRESETS } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";
import { CloseTable, FoldedCard } from "./folded-table";

const RATES = [
  { rate: "mails", digits: 0, factor: 1 },
  { rate: "mailsPerWeek", digits: 1, factor: 1 },
  { rate: "episodes", digits: 0, factor: 1 },
  { rate: "episodesPerAthleteMonth", digits: 2, factor: 1 },
  { rate: "flaggedPerMorning", digits: 1, factor: 1 },
  { rate: "flaggedShare", digits: 1, factor: 100 },
] as const;

type Rate = (typeof RATES)[number];

/** Every rate of every preset, the squad's own beside chance. */
export function RatesTable({ view }: { view: BacktestView }) {
  const t = useTranslations("alerts.table");
  const name = useTranslations("alerts.presetName");
  const figures = view.chance.state === "done" ? view.chance.figures : null;
  if (!view.replay) return null;
  return (
    <FoldedCard title={t("rates")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="overflow-x-auto" tabIndex={0} aria-label={t("rates")}>
        <CloseTable caption={t("ratesCaption")}>
          <thead>
            <tr>
              <th scope="col">{t("rate")}</th>
              {PRESETS.flatMap((preset) => [
                <th key={preset} scope="col" className="num">
                  {name(preset)}
                </th>,
                <th key={`${preset}-chance`} scope="col" className="num">
                  <span className="sr-only">{name(preset)} </span>
                  {t("chance")}
                </th>,
              ])}
            </tr>
          </thead>
          <tbody>
            {RATES.map((rate) => (
              <RateRow key={rate.rate} rate={rate} view={view} />
            ))}
          </tbody>
        </CloseTable>
      </section>
      {figures ? (
        <p className="text-cell text-ink-3 pt-2">{t("note", { seasons: figures.seasons })}</p>
      ) : null}
    </FoldedCard>
  );
}

function RateRow({ rate: { rate, digits, factor }, view }: { rate: Rate; view: BacktestView }) {
  const t = useTranslations("alerts.table");
  const locale = useLocale();
  const shown = (value: number) => decimal(factor * value, digits, locale);
  const figures = view.chance.state === "done" ? view.chance.figures : null;
  return (
    <tr>
      <th scope="row">{t(rate)}</th>
      {PRESETS.flatMap((preset) => {
        const chance = figures?.presets[preset].chance[rate];
        return [
          <td key={preset} className="num font-semibold text-ink">
            {view.replay ? shown(view.replay[preset][rate]) : "–"}
          </td>,
          <td key={`${preset}-chance`} className="num text-ink-2">
            {chance
              ? t("interval", { mean: shown(chance.mean), low: shown(chance.low), high: shown(chance.high) })
              : "–"}
          </td>,
        ];
      })}
    </tr>
  );
}
