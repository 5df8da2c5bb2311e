import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { Card, Table } from "@/components/ui/blocks";
import { inSd } from "@/lib/number-text";
import type { Population, PopulationDay } from "@/lib/services/analysis/squad";

/** The charts' days as numbers, the latest first. */
export function PopulationTable({ population }: { population: Population }) {
  const t = useTranslations("analysis.table");
  return (
    <Card
      className="min-w-0 overflow-x-auto"
      aria-label={t("caption", { source: population.source })}
      tabIndex={0}
    >
      <Table caption={t("caption", { source: population.source })}>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            {(["athletes", "zMedian", "zHalf", "zRange", "weekMedian", "weekHalf", "below"] as const).map(
              (name) => (
                <th key={name} scope="col" className="num">
                  {t(name)}
                </th>
              ),
            )}
            <th scope="col">{t("together")}</th>
          </tr>
        </thead>
        <tbody>
          {population.days.toReversed().map((day) => (
            <DayRow key={day.date} day={day} />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function DayRow({ day }: { day: PopulationDay }) {
  const t = useTranslations("analysis.table");
  const locale = useLocale();
  const one = (value: number | undefined) => (value === undefined ? "–" : inSd(value, locale));
  const both = (low: number | undefined, high: number | undefined) =>
    low === undefined || high === undefined ? "–" : t("fromTo", { from: one(low), to: one(high) });
  const { z, weekChange } = day;
  return (
    <tr>
      <th scope="row" className="whitespace-nowrap">
        {civil(day.date, "short", locale)}
      </th>
      <td className="num">{z?.n ?? 0}</td>
      <td className="num">{one(z?.median)}</td>
      <td className="num">{both(z?.q1, z?.q3)}</td>
      <td className="num">{both(z?.min, z?.max)}</td>
      <td className="num">{one(weekChange?.median)}</td>
      <td className="num">{both(weekChange?.q1, weekChange?.q3)}</td>
      <td className="num">{z ? `${Math.round(day.shareBelow * 100)} %` : "–"}</td>
      <td>{day.together ? <b>{t(day.together)}</b> : null}</td>
    </tr>
  );
}
