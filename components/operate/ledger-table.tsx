import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Mark } from "@/components/connections/connections-table";
import { Confirm } from "@/components/ui/confirm";
import { ScrollBox } from "@/components/ui/scroll-box";
import type { LedgerEntry, LedgerView } from "@/lib/services/sync/ledger";
import { type Act, HiddenForm } from "./hidden-form";
import { useWhen } from "./when";

const MARKS = { open: "open", stored: "open", committed: "committed", abandoned: "refused" } as const;

/** Every transaction and window: address, state, counts, tries, times; under an open one the items that did not load. */
export function LedgerTable({ view, giveUp }: { view: LedgerView; giveUp: Act }) {
  const t = useTranslations("operate.ledger");
  if (view.entries.length === 0) return <p className="quiet">{t("none")}</p>;
  return (
    <ScrollBox className="operate-scroll" label={t("title")}>
      <table className="plain">
        <caption className="unseen">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("opened")}</th>
            <th scope="col">{t("stream")}</th>
            <th scope="col">{t("resource")}</th>
            <th scope="col">{t("state")}</th>
            <th scope="col" className="num">
              {t("offered")}
            </th>
            <th scope="col" className="num">
              {t("stored")}
            </th>
            <th scope="col" className="num">
              {t("quarantined")}
            </th>
            <th scope="col" className="num">
              {t("attempts")}
            </th>
            <th scope="col">{t("ended")}</th>
          </tr>
        </thead>
        <tbody>
          {view.entries.map((entry) => (
            <Fragment key={entry.id}>
              <EntryRow entry={entry} view={view} />
              {view.stuck[entry.id] ? <StuckRow entry={entry} view={view} giveUp={giveUp} /> : null}
              {entry.unsettled ? <UnsettledRow entry={entry} view={view} giveUp={giveUp} /> : null}
            </Fragment>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function EntryRow({ entry, view }: { entry: LedgerEntry; view: LedgerView }) {
  const t = useTranslations("operate.ledger");
  const streams = useTranslations("connections.stream");
  const when = useWhen(view);
  const ended = entry.committedAt ?? entry.abandonedAt;
  const window = entry.windowFrom ? `${entry.windowFrom} – ${entry.windowTo ?? ""}` : "–";
  return (
    <tr>
      <td className="nowrap">{when(entry.openedAt)}</td>
      <th scope="row" className="nowrap">
        {streams.has(entry.stream) ? streams(entry.stream) : entry.stream}
      </th>
      <td className="operate-words">
        {entry.resourceUri ? <code className="wrap-anywhere">{entry.resourceUri}</code> : window}
        <span className="sub">{t(`delivery.${entry.delivery}`)}</span>
      </td>
      <td>
        <span className={`stream stream-${MARKS[entry.state]}`}>
          <Mark state={MARKS[entry.state]} />
          {t(`states.${entry.state}`)}
        </span>
        {entry.error ? <span className="sub wrap-anywhere">{entry.error}</span> : null}
      </td>
      <td className="num">{entry.offeredCount}</td>
      <td className="num">{entry.storedCount}</td>
      <td className={entry.quarantinedCount > 0 ? "num strong" : "num quiet"}>{entry.quarantinedCount}</td>
      <td className="num">{entry.attempts}</td>
      <td className="nowrap">{ended ? when(ended) : t("notYet")}</td>
    </tr>
  );
}

function StuckRow({ entry, view, giveUp }: { entry: LedgerEntry; view: LedgerView; giveUp: Act }) {
  const t = useTranslations("operate.ledger");
  const items = view.stuck[entry.id] ?? [];
  return (
    <tr className="quarantine">
      <td colSpan={9}>
        <div className="quarantine-body">
          <p>
            <b>{t("stuck", { n: items.length })}</b> {t("stuckText")}
          </p>
          <ul>
            {items.map((item) => (
              <li key={item.uri}>
                <code className="wrap-anywhere">{item.uri}</code> {t("tries", { n: item.attempts })}{" "}
                {item.error}
              </li>
            ))}
          </ul>
          <Confirm
            word={t("giveUp", { n: items.length })}
            label={t("giveUp", { n: items.length })}
            text={t("giveUpText")}
          >
            <HiddenForm
              act={giveUp}
              fields={{ transactionId: entry.id, ledgerOf: view.athlete.id, what: "items" }}
            >
              {t("giveUpNow", { n: items.length })}
            </HiddenForm>
          </Confirm>
        </div>
      </td>
    </tr>
  );
}

function UnsettledRow({ entry, view, giveUp }: { entry: LedgerEntry; view: LedgerView; giveUp: Act }) {
  const t = useTranslations("operate.streams");
  const fields = { transactionId: entry.id, ledgerOf: view.athlete.id, what: "transaction" };
  return (
    <tr className="quarantine">
      <td colSpan={9}>
        <div className="quarantine-body">
          <p>{t(entry.state === "stored" ? "uncommitted" : "unlisted")}</p>
          <HiddenForm act={giveUp} fields={fields}>
            {t("giveUpTransaction")}
          </HiddenForm>
        </div>
      </td>
    </tr>
  );
}
