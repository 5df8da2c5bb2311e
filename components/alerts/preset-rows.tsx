import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/blocks";
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
    <Card
      className={`m-0 min-w-0 overflow-hidden ${view.replay ? "[--columns:22px_minmax(200px,296px)_150px_minmax(160px,304px)_minmax(120px,1fr)_76px]" : "[--columns:22px_minmax(200px,420px)_minmax(160px,1fr)_76px]"}`}
      as="fieldset"
      pad="none"
    >
      <legend className="sr-only">{t("rows.legend")}</legend>
      <div
        className="grid grid-cols-(--columns) items-center gap-4 border-line border-b px-4 py-2 font-medium text-ink-3 text-label max-[1101px]:hidden"
        aria-hidden="true"
      >
        <span />
        <span>{t("rows.preset")}</span>
        {view.replay ? (
          <>
            <span>{t("rows.mornings", { n: view.mornings })}</span>
            <span className="flex justify-between gap-2">
              <span>{t("rows.zero")}</span>
              <span>
                <i className="inline-block size-[7px] rounded-full bg-ink" /> {t("rows.key")}
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
      <p className="px-4 py-2 text-ink-3 text-cell phone:text-[0.8125rem] phone:leading-[1.125rem]">
        {t("shared")}
      </p>
    </Card>
  );
}
