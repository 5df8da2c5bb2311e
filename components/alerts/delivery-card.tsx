import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/blocks";
import type { BacktestView } from "@/lib/services/backtest/view";

/** When, to whom and how often the squad's mail goes out. */
export function DeliveryCard({ view, own }: { view: BacktestView; own?: ReactNode }) {
  const t = useTranslations("alerts.delivery");
  const { squad, recipients } = view;
  return (
    <Card pad="even" title={t("title")}>
      <dl className="mt-2 grid grid-cols-[150px_minmax(0,1fr)] gap-x-4 gap-y-2 phone:grid-cols-1 phone:gap-0.5 [&_dd]:wrap-anywhere phone:[&_dd]:mb-2 [&_dt]:text-ink-2">
        <dt>{t("at")}</dt>
        <dd>
          {t("atText", { time: squad.mailTime, zone: squad.timeZone.replaceAll("_", " ") })}
          {", "}
          {t("whenText", { share: squad.nightsSharePercent, minutes: squad.latestMinutes })}
        </dd>
        <dt>{t("to")}</dt>
        <dd>{recipients.length > 0 ? recipients.join(", ") : t("nobody")}</dd>
        {(["most", "again", "late", "provisional"] as const).map((fact) => (
          <div key={fact} className="contents">
            <dt>{t(fact)}</dt>
            <dd>{t(`${fact}Text`)}</dd>
          </div>
        ))}
      </dl>
      {own}
      <p className="flex flex-wrap gap-4 pt-3 print:hidden">
        <Link className="link" href={`/squads/${squad.id}/settings`} prefetch={false}>
          {t("settings")}
        </Link>
        <Link className="link" href="/settings/team" prefetch={false}>
          {t("team")}
        </Link>
      </p>
    </Card>
  );
}
