import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/blocks";
import type { BacktestView } from "@/lib/services/backtest/view";
import { SimulationProgress } from "./simulation-progress";

/** What is still being simulated, or why there is nothing to show yet. */
export function SimulationNotice({ view, path }: { view: BacktestView; path: string }) {
  const t = useTranslations("alerts");
  const { chance } = view;
  if (chance.state === "done") return null;
  if (chance.state === "none") {
    return <Notice role="note">{t("few", { mornings: view.mornings, needed: view.fewestMornings })}</Notice>;
  }
  if (chance.state === "failed") return <Notice role="note">{t("simulation.failed")}</Notice>;
  return (
    <Notice role="note">
      <b className="font-medium">{t("simulation.title")}</b>
      <SimulationProgress
        url={`${path}/progress?of=${chance.inputHash}`}
        percent={chance.percent}
        label={t("simulation.label")}
      />
      <p className="text-ink-2">
        {t("simulation.text")} <noscript>{t("simulation.noScript")}</noscript>
      </p>
    </Notice>
  );
}
