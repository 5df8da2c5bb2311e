import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { elapsed, moment } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import type { Engine } from "@/lib/events";
import type { ConnectionsView } from "@/lib/services/squads/connections";

type StripProps = { view: ConnectionsView; engine: Engine; nowMs: number };

/** Facts above the table: connections, streams and, for the team that runs the installation, webhook, quota, jobs. */
export function OperationStrip({ view, engine, nowMs }: StripProps) {
  const t = useTranslations("connections.strip");
  const { operation, inOrder } = view;
  const lost = view.needAction;
  const unread = inOrder.of - inOrder.streams - inOrder.refused - inOrder.quarantined - inOrder.open;
  return (
    <dl className="mx-(--margin) mt-3.5 mb-3 flex rounded-card border border-line bg-surface phone:grid phone:grid-cols-2">
      <Fact
        name={t("connected")}
        value={t("of", { n: view.athletes.length - lost, of: view.athletes.length })}
      >
        {t("lost", { n: lost })}
      </Fact>
      <Fact name={t("streams")} value={t("of", { n: inOrder.streams, of: inOrder.of })}>
        {t("streamsText", { ...inOrder, never: unread })}
      </Fact>
      {operation ? <Shared view={view} operation={operation} engine={engine} nowMs={nowMs} /> : null}
    </dl>
  );
}

/** Webhook, quota and jobs, which all teams of an installation share. */
function Shared({
  view: { squad, today },
  operation,
  engine,
  nowMs,
}: StripProps & { operation: NonNullable<ConnectionsView["operation"]> }) {
  const t = useTranslations("connections.strip");
  const locale = useLocale();
  const [short, long] = [
    operation.budgets.find((b) => b.window === "15-minutes"),
    operation.budgets.find((b) => b.window === "24-hours"),
  ];
  const oldest = operation.oldestWaitingMs === null ? null : elapsed(operation.oldestWaitingMs, nowMs);
  const called =
    operation.webhookAtMs === null
      ? null
      : moment(operation.webhookAtMs, { timeZone: squad.timeZone, date: today, locale });
  return (
    <>
      <Fact
        name={t("webhook")}
        value={t(
          operation.webhookActive === null
            ? "webhookNone"
            : operation.webhookActive
              ? "webhookActive"
              : "webhookOff",
        )}
      >
        {called === null ? t("neverCalled") : t("lastCall", { at: called })}
      </Fact>
      <Fact
        name={t("budget")}
        value={short ? t("of", { n: whole(short.used), of: whole(short.limit) }) : "–"}
      >
        {long ? t("budgetText", { used: whole(long.used), limit: whole(long.limit) }) : t("budgetNone")}
      </Fact>
      <Fact name={t("jobs")} value={t(`engine.${engine}`)}>
        {t("jobsText", {
          waiting: operation.waiting,
          failed: operation.failures.length,
          oldest: oldest ? t(`ago.${oldest.unit}`, { n: oldest.count }) : "–",
        })}
      </Fact>
    </>
  );
}

type FactProps = { name: string; value: ReactNode; children: ReactNode };

function Fact({ name, value, children }: FactProps) {
  return (
    <div className="flex-1 border-line border-r px-3.5 py-[9px] text-[0.75rem] leading-[1.0625rem] last:border-r-0 phone:border-b phone:last:col-span-full phone:last:border-b-0 phone:even:border-r-0">
      <dt className="text-ink-3 text-label">{name}</dt>
      <dd className="font-[620] text-[0.9375rem] leading-[1.25rem]">{value}</dd>
      <dd className="text-ink-3">{children}</dd>
    </div>
  );
}
