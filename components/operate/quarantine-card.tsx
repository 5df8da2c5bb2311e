import Link from "next/link";
import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ScrollBox } from "@/components/ui/scroll-box";
import { Table } from "@/components/ui/table";
import type { OperationView } from "@/lib/services/operation/view";
import { type Act, HiddenForm } from "./hidden-form";
import { useWhen } from "./when";

/** Fields that no parser understood: where, what was expected, and how to read them again. */
export function QuarantineCard({ view, readAgain }: { view: OperationView; readAgain: Act }) {
  const t = useTranslations("operate.quarantine");
  const streams = useTranslations("connections.stream");
  const reasons = useTranslations("connections.reason");
  const when = useWhen(view);
  const { quarantined } = view;
  const firstOf = new Map(quarantined.map((entry) => [entry.athleteId, entry.id] as const).toReversed());
  return (
    <Card title={t("title")} titleId="quarantine-title">
      <p className="text-ink-3">{t(quarantined.length === 0 ? "none" : "text")}</p>
      {quarantined.length > 0 ? (
        <ScrollBox className="operate-scroll" label={t("title")}>
          <Table caption={t("title")}>
            <thead>
              <tr>
                <th scope="col">{t("athlete")}</th>
                <th scope="col">{t("payload")}</th>
                <th scope="col">{t("field")}</th>
                <th scope="col">{t("expected")}</th>
                <th scope="col">{t("since")}</th>
                <th scope="col" className="num">
                  {t("action")}
                </th>
              </tr>
            </thead>
            <tbody>
              {quarantined.map((entry) => (
                <tr key={entry.id}>
                  <th scope="row">
                    <Link className="link" href={`/operate/athletes/${entry.athleteId}`} prefetch={false}>
                      {entry.athleteName}
                    </Link>
                    <span className="sub">{entry.squadName}</span>
                  </th>
                  <td>
                    {streams.has(entry.stream) ? streams(entry.stream) : entry.stream}
                    <span className="sub">{entry.providerKey}</span>
                  </td>
                  <td>
                    <code className="wrap-anywhere">{entry.path || "$"}</code>
                  </td>
                  <td className="operate-words">
                    {reasons.has(entry.reason) ? reasons(entry.reason) : entry.reason}
                    <span className="sub">{t("parser", { version: entry.parserVersion })}</span>
                  </td>
                  <td className="whitespace-nowrap">{when(entry.quarantinedAtMs)}</td>
                  <td>
                    <span className="operate-acts">
                      <ButtonLink
                        size="small"
                        href={`/payloads/${entry.payloadId}`}
                        prefetch={false}
                        aria-label={t("rawOf", { name: entry.athleteName, path: entry.path })}
                      >
                        {t("raw")}
                      </ButtonLink>
                      {firstOf.get(entry.athleteId) === entry.id ? (
                        <HiddenForm
                          act={readAgain}
                          fields={{ athleteId: entry.athleteId }}
                          label={t("againOf", { name: entry.athleteName })}
                        >
                          {t("again")}
                        </HiddenForm>
                      ) : null}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </ScrollBox>
      ) : null}
    </Card>
  );
}
