import { useTranslations } from "next-intl";
import { whole } from "@/components/format/numbers";
import { Card } from "@/components/ui/card";
import type { OperationView } from "@/lib/services/operation/view";
import { RATE_WINDOWS } from "@/lib/wearables/connection";
import { useWhen } from "./when";

/** Background work leaves the rest to people. */
const BACKGROUND_PERCENT = 90;

/** Polar's two quotas as its headers last told, and what waits for them. */
export function BudgetCard({ view, nowMs }: { view: OperationView; nowMs: number }) {
  const t = useTranslations("operate.budget");
  const when = useWhen(view);
  const { operation, quotaWaits } = view;
  if (!operation) return null;
  return (
    <Card title={t("title")} titleId="budget-title">
      {operation.budgets.length === 0 ? <p className="text-ink-3">{t("nothing")}</p> : null}
      <dl className="operate-budgets">
        {RATE_WINDOWS.map((name) => {
          const budget = operation.budgets.find(({ window }) => window === name);
          if (!budget) return null;
          const used = budget.resetsAtMs <= nowMs ? 0 : budget.used;
          return (
            <div key={name}>
              <dt>{t(`windows.${name}`)}</dt>
              <dd>
                <Meter percent={(used / budget.limit) * 100} />
                <b>{t("of", { n: whole(used), of: whole(budget.limit) })}</b>
                <span className="text-ink-3">
                  {budget.resetsAtMs <= nowMs ? t("anew") : t("resets", { at: when(budget.resetsAtMs) })}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="operate-remedy">
        {quotaWaits.streams === 0
          ? t("free")
          : t("waits", {
              n: quotaWaits.streams,
              at: quotaWaits.untilMs === null ? "–" : when(quotaWaits.untilMs),
            })}{" "}
        {t("share")}
      </p>
    </Card>
  );
}

/** How much of a quota is used; the tick is where background work stops. */
function Meter({ percent }: { percent: number }) {
  const shown = Math.min(100, Math.max(0, percent));
  return (
    <svg width="100%" height="10" aria-hidden="true" className="operate-meter">
      <rect width="100%" height="6" y="2" rx="2" fill="var(--line)" />
      <rect width={`${shown}%`} height="6" y="2" rx="2" fill="var(--data)" />
      <rect x={`${BACKGROUND_PERCENT}%`} width="1.5" height="10" fill="var(--ink-3)" />
    </svg>
  );
}
