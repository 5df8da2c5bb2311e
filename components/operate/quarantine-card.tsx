import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, Code } from "@/components/ui/blocks";
import { ButtonLink } from "@/components/ui/controls";
import type { OperationView } from "@/lib/services/operation/view";
import { type Act, HiddenForm } from "./hidden-form";
import { Acts, Below, WideTable, Words } from "./parts";
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
        <WideTable title={t("title")}>
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
                  <Below>{entry.squadName}</Below>
                </th>
                <td>
                  {streams.has(entry.stream) ? streams(entry.stream) : entry.stream}
                  <Below>{entry.providerKey}</Below>
                </td>
                <td>
                  <Code>{entry.path || "$"}</Code>
                </td>
                <Words>
                  {reasons.has(entry.reason) ? reasons(entry.reason) : entry.reason}
                  <Below>{t("parser", { version: entry.parserVersion })}</Below>
                </Words>
                <td className="whitespace-nowrap">{when(entry.quarantinedAtMs)}</td>
                <td>
                  <Acts>
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
                  </Acts>
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      ) : null}
    </Card>
  );
}
