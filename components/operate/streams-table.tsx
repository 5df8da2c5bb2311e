import Link from "next/link";
import { useTranslations } from "next-intl";
import type { LedgerView } from "@/lib/services/sync/ledger";
import { WideTable } from "./parts";
import { useWhen } from "./when";

type Props = { view: LedgerView; path: string; shown: string | undefined };

/** An athlete's streams: last success, next look, what went wrong; each leads to its own part of the ledger. */
export function StreamsTable({ view, path, shown }: Props) {
  const t = useTranslations("operate.ledger");
  const streams = useTranslations("connections.stream");
  const when = useWhen(view);
  const at = (ms: number | null) => (ms === null ? "–" : when(ms));
  return (
    <WideTable title={t("streams")}>
      <thead>
        <tr>
          <th scope="col">{t("stream")}</th>
          <th scope="col">{t("lastSuccess")}</th>
          <th scope="col">{t("nextDue")}</th>
          <th scope="col" className="num">
            {t("failures")}
          </th>
          <th scope="col">{t("error")}</th>
        </tr>
      </thead>
      <tbody>
        {view.streams.map((entry) => (
          <tr key={entry.stream}>
            <th scope="row">
              <Link
                className="link"
                href={entry.stream === shown ? path : `${path}?stream=${entry.stream}`}
                aria-current={entry.stream === shown ? "true" : undefined}
                prefetch={false}
                scroll={false}
              >
                {streams.has(entry.stream) ? streams(entry.stream) : entry.stream}
              </Link>
              {entry.stream === shown ? <span className="text-ink-3"> · {t("shown")}</span> : null}
            </th>
            <td>{at(entry.lastSuccessAtMs)}</td>
            <td>{at(entry.nextDueAtMs)}</td>
            <td className={entry.failures > 0 ? "num font-semibold text-ink" : "num text-ink-3"}>
              {entry.failures}
            </td>
            <td className="wrap-anywhere min-w-50 max-w-[62ch]">
              {entry.errorMessage ?? entry.errorCode ?? <span className="text-ink-3">–</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
