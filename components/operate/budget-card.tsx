import { useTranslations } from "next-intl";
import { whole } from "@/components/format/numbers";
import { Card } from "@/components/ui/blocks";
import type { OperationView } from "@/lib/services/operation/view";
import { RATE_WINDOWS } from "@/lib/wearables/connection";
import { Remedy } from "./parts";
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
      <dl className="grid gap-2.5">
        {RATE_WINDOWS.map((name) => {
          const budget = operation.budgets.find(({ window }) => window === name);
          if (!budget) return null;
          const used = budget.resetsAtMs <= nowMs ? 0 : budget.used;
          return (
            <div key={name}>
              <dt className="text-[0.6875rem] text-ink-3 leading-[1rem]">{t(`windows.${name}`)}</dt>
              <dd className="grid grid-cols-[minmax(80px,220px)_auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1 phone:grid-cols-[minmax(0,1fr)_auto] phone:*:last:col-span-full">
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
      <Remedy>
        {quotaWaits.streams === 0
          ? t("free")
          : t("waits", {
              n: quotaWaits.streams,
              at: quotaWaits.untilMs === null ? "–" : when(quotaWaits.untilMs),
            })}{" "}
        {t("share")}
      </Remedy>
    </Card>
  );
}

/** How much of a quota is used; the tick is where background work stops. */
function Meter({ percent }: { percent: number }) {
  const shown = Math.min(100, Math.max(0, percent));
  return (
    <svg width="100%" height="10" aria-hidden="true">
      <rect width="100%" height="6" y="2" rx="2" fill="var(--line)" />
      <rect width={`${shown}%`} height="6" y="2" rx="2" fill="var(--data)" />
      <rect x={`${BACKGROUND_PERCENT}%`} width="1.5" height="10" fill="var(--ink-3)" />
    </svg>
  );
}
