import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/controls";
import type { Preset } from "@/lib/readiness/types";
import type { BacktestView } from "@/lib/services/backtest/view";

const OFFERED = [60, 75, 90];

/** Other lengths of the baseline to try; each is an address of its own. */
export function BaselineChoice({ view, chosen, path }: { view: BacktestView; chosen: Preset; path: string }) {
  const t = useTranslations("alerts.baseline");
  const { squad, baselineDays } = view;
  const lengths = [...new Set([...OFFERED, squad.baselineDays, baselineDays])].toSorted((a, b) => a - b);
  return (
    <nav aria-label={t("title")} className="mt-4 grid gap-1.5 border-line border-t pt-3">
      <h3>{t("title")}</h3>
      <ul className="flex flex-wrap gap-1.5">
        {lengths.map((n) => (
          <li key={n}>
            <ButtonLink
              className="aria-[current=true]:border-ink aria-[current=true]:bg-sub"
              size="small"
              href={`${path}?baseline=${n}&preset=${chosen}`}
              aria-current={n === baselineDays ? "true" : undefined}
              prefetch={false}
              scroll={false}
            >
              {t(n === squad.baselineDays ? "now" : "days", { n })}
            </ButtonLink>
          </li>
        ))}
      </ul>
      <p className="text-cell text-ink-3">{t("text")}</p>
    </nav>
  );
}
