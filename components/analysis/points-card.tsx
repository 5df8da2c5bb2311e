import { useLocale, useTranslations } from "next-intl";
import { pValue, signed } from "@/components/format/numbers";
import { Card } from "@/components/ui/blocks";
import type { DriverPoints } from "@/lib/services/analysis/drivers";
import { PointsTable } from "./points-table";
import { Scatter } from "./scatter";

/** The days behind one correlation, in a sentence, as dots and as a table. */
export function PointsCard({ view }: { view: DriverPoints }) {
  const t = useTranslations("analysis.points");
  return (
    <Card className="mx-(--margin) grid max-w-205 gap-3 p-3.5" pad="none" aria-label={t("title")}>
      <p>
        <Said row={view.row} /> <span className="text-ink-3">{t("lead", { source: view.source })}</span>
      </p>
      {view.points.length === 0 ? null : (
        <>
          <Scatter view={view} />
          <PointsTable view={view} />
        </>
      )}
    </Card>
  );
}

function Said({ row }: { row: DriverPoints["row"] }) {
  const t = useTranslations("analysis.points");
  const few = useTranslations("analysis.with");
  const locale = useLocale();
  if (!row.enough)
    return row.pairs < row.needed ? few("tooFew", { n: row.pairs, of: row.needed }) : few("unchanging");
  const { n, r, low, high } = row.correlation;
  const at = (value: number) => signed(value, 2, locale);
  const said = { n, r: at(r), low: at(low), high: at(high) };
  if (row.pHolm === null) return t("saidUntold", said);
  return t("said", { ...said, p: pValue(row.pHolm, locale) });
}
