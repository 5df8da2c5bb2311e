import { useLocale, useTranslations } from "next-intl";
import { civil } from "@/components/format/dates";
import { PRESETS } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";
import { addDays } from "@/lib/time/civil-date";
import { CloseTable, FoldedCard } from "./folded-table";

/** The strips as a table: mornings with at least one name under any preset, the latest first. */
export function MorningsTable({ view }: { view: BacktestView }) {
  const t = useTranslations("alerts.table");
  const name = useTranslations("alerts.presetName");
  const locale = useLocale();
  const { replay, from } = view;
  if (!replay) return null;
  const named = replay.brief.namedByMorning.flatMap((_, i) => {
    const counts = PRESETS.map((preset) => replay[preset].namedByMorning[i] ?? 0);
    return counts.some((count) => count > 0) ? [{ date: addDays(from, i), counts }] : [];
  });
  return (
    <FoldedCard title={t("mornings")}>
      {named.length === 0 ? (
        <p className="pt-2">{t("none")}</p>
      ) : (
        <CloseTable className="max-w-[480px]" caption={t("morningsCaption")}>
          <thead>
            <tr>
              <th scope="col">{t("morning")}</th>
              {PRESETS.map((preset) => (
                <th key={preset} scope="col" className="num">
                  {name(preset)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {named.toReversed().map(({ date, counts }) => (
              <tr key={date}>
                <th scope="row">{civil(date, "short", locale)}</th>
                {counts.map((count, i) => (
                  <td key={PRESETS[i]} className="num">
                    {count}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </CloseTable>
      )}
    </FoldedCard>
  );
}
