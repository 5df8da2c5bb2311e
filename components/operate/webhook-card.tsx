import { useTranslations } from "next-intl";
import { Card, Facts } from "@/components/ui/blocks";
import type { OperationView } from "@/lib/services/operation/view";
import { type Act, HiddenForm } from "./hidden-form";
import { Remedy } from "./parts";
import { useWhen } from "./when";

/** Polar's one webhook: whether it calls, when it did, and how to bring it back. */
export function WebhookCard({ view, repair }: { view: OperationView; repair: Act }) {
  const t = useTranslations("operate.webhook");
  const when = useWhen(view);
  const { webhook, reachable } = view;
  const state = !reachable ? "unreachable" : webhook === null ? "none" : webhook.active ? "active" : "off";
  return (
    <Card title={t("title")} titleId="webhook-title">
      <Facts className="grid-cols-[112px_minmax(0,1fr)]">
        <dt>{t("state")}</dt>
        <dd className="font-semibold text-ink">{t(`states.${state}`)}</dd>
        {webhook ? (
          <>
            <dt>{t("address")}</dt>
            <dd className="wrap-anywhere">{webhook.url}</dd>
            <dt>{t("lastCall")}</dt>
            <dd>{webhook.lastDeliveryAt ? when(webhook.lastDeliveryAt) : t("never")}</dd>
            <dt>{t("checked")}</dt>
            <dd>{when(webhook.checkedAt)}</dd>
          </>
        ) : null}
      </Facts>
      <Remedy>{t(`remedies.${state}`)}</Remedy>
      {reachable ? (
        <HiddenForm act={repair} fields={{}}>
          {t(state === "none" ? "create" : "check")}
        </HiddenForm>
      ) : null}
    </Card>
  );
}
