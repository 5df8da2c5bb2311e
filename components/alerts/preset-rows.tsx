import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { PRESETS, type Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";
import { PresetRow } from "./preset-row";

type PresetRowsProps = {
  view: BacktestView;
  chosen: Preset;
  form: string;
  choose: (preset: Preset) => void;
};

/** The three presets side by side as one radio group. */
export function PresetRows({ view, chosen, form, choose }: PresetRowsProps) {
  const t = useTranslations("alerts");
  return (
    <Card className="preset-rows" as="fieldset" pad="none" data-few={view.replay === null || undefined}>
      <legend className="unseen">{t("rows.legend")}</legend>
      <div className="preset-head" aria-hidden="true">
        <span />
        <span>{t("rows.preset")}</span>
        {view.replay ? (
          <>
            <span>{t("rows.mornings", { n: view.mornings })}</span>
            <span className="preset-head-axis">
              <span>{t("rows.zero")}</span>
              <span>
                <i className="chance-key" /> {t("rows.key")}
              </span>
              <span>{view.mornings}</span>
            </span>
            <span>{t("rows.names")}</span>
          </>
        ) : (
          <span />
        )}
        <span className="num">{t("rows.slide")}</span>
      </div>
      {PRESETS.map((preset) => (
        <PresetRow
          key={preset}
          preset={preset}
          view={view}
          isChosen={preset === chosen}
          form={form}
          choose={choose}
        />
      ))}
      <p className="preset-note">{t("shared")}</p>
    </Card>
  );
}
