import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { Table } from "@/components/ui/blocks";
import type { DriverPoints } from "@/lib/services/analysis/drivers";
import { deviationPercent, driverValue } from "./driver-value";

/** The days of a scatter as numbers, the latest first. */
export function PointsTable({ view }: { view: DriverPoints }) {
  const t = useTranslations("analysis.points");
  const names = useTranslations("analysis.with.driver");
  const locale = useLocale();
  const { id, lagDays } = view.row;
  return (
    <details>
      <summary className="link">{t("table")}</summary>
      <Table className="[&_tbody_th]:whitespace-nowrap" caption={t("table")}>
        <thead>
          <tr>
            <th scope="col">{t("day")}</th>
            <th scope="col" className="num">
              {names(`${id}.${lagDays}`)}
            </th>
            <th scope="col" className="num">
              {t("hrv")}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.points.toReversed().map(({ date, value, deviation }) => (
            <tr key={date}>
              <th scope="row">{civil(date, "short", locale)}</th>
              <td className="num">{driverValue(id, value, locale)}</td>
              <td className="num">{deviationPercent(deviation, locale)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
