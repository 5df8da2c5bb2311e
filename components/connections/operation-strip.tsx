import { useLocale, useTranslations } from "next-intl";
import { clock, clockOrDay, elapsed } from "@/components/format/dates";
import { whole } from "@/components/format/numbers";
import type { Engine } from "@/lib/events";
import type { ConnectionsView } from "@/lib/services/squads/connections";
import styles from "./strip.module.css";

type StripProps = { view: ConnectionsView; engine: Engine; nowMs: number };

/** Facts above the table: connections, streams and, for the team that runs the installation, webhook, quota, jobs. */
export function OperationStrip({ view, engine, nowMs }: StripProps) {
  const t = useTranslations("connections.strip");
  const { operation, inOrder } = view;
  const lost = view.needAction;
  const unread = inOrder.of - inOrder.streams - inOrder.refused - inOrder.quarantined - inOrder.open;
  return (
    <dl className={styles.strip}>
      <div>
        <dt>{t("connected")}</dt>
        <dd>{t("of", { n: view.athletes.length - lost, of: view.athletes.length })}</dd>
        <dd>{t("lost", { n: lost })}</dd>
      </div>
      <div>
        <dt>{t("streams")}</dt>
        <dd>{t("of", { n: inOrder.streams, of: inOrder.of })}</dd>
        <dd>{t("streamsText", { ...inOrder, never: unread })}</dd>
      </div>
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
      : `${clockOrDay(operation.webhookAtMs, { timeZone: squad.timeZone, date: today, locale })} ${clock(operation.webhookAtMs, squad.timeZone)}`;
  return (
    <>
      <div>
        <dt>{t("webhook")}</dt>
        <dd>
          {t(
            operation.webhookActive === null
              ? "webhookNone"
              : operation.webhookActive
                ? "webhookActive"
                : "webhookOff",
          )}
        </dd>
        <dd>{called === null ? t("neverCalled") : t("lastCall", { at: called })}</dd>
      </div>
      <div>
        <dt>{t("budget")}</dt>
        <dd>{short ? t("of", { n: whole(short.used), of: whole(short.limit) }) : "–"}</dd>
        <dd>
          {long ? t("budgetText", { used: whole(long.used), limit: whole(long.limit) }) : t("budgetNone")}
        </dd>
      </div>
      <div>
        <dt>{t("jobs")}</dt>
        <dd>{t(`engine.${engine}`)}</dd>
        <dd>
          {t("jobsText", {
            waiting: operation.waiting,
            failed: operation.failures.length,
            oldest: oldest ? t(`ago.${oldest.unit}`, { n: oldest.count }) : "–",
          })}
        </dd>
      </div>
    </>
  );
}
