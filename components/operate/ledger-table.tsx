import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { StreamWord } from "@/components/connections/stream-word";
import { Code } from "@/components/ui/blocks";
import { Confirm } from "@/components/ui/confirm";
import type { LedgerEntry, LedgerView } from "@/lib/services/sync/ledger";
import { type Act, HiddenForm } from "./hidden-form";
import { Below, WideTable, Words } from "./parts";
import { useWhen } from "./when";

const MARKS = { open: "open", stored: "open", committed: "committed", abandoned: "refused" } as const;

/** Every transaction and window: address, state, counts, tries, times; under an open one the items that did not load. */
export function LedgerTable({ view, giveUp }: { view: LedgerView; giveUp: Act }) {
  const t = useTranslations("operate.ledger");
  if (view.entries.length === 0) return <p className="text-ink-3">{t("none")}</p>;
  return (
    <WideTable title={t("title")}>
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
    </WideTable>
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
      <td className="whitespace-nowrap">{when(entry.openedAt)}</td>
      <th scope="row" className="whitespace-nowrap">
        {streams.has(entry.stream) ? streams(entry.stream) : entry.stream}
      </th>
      <Words>
        {entry.resourceUri ? <Code>{entry.resourceUri}</Code> : window}
        <Below>{t(`delivery.${entry.delivery}`)}</Below>
      </Words>
      <td>
        <StreamWord state={MARKS[entry.state]}>{t(`states.${entry.state}`)}</StreamWord>
        {entry.error ? (
          <Below>
            <span className="wrap-anywhere">{entry.error}</span>
          </Below>
        ) : null}
      </td>
      <td className="num">{entry.offeredCount}</td>
      <td className="num">{entry.storedCount}</td>
      <td className={entry.quarantinedCount > 0 ? "num font-semibold text-ink" : "num text-ink-3"}>
        {entry.quarantinedCount}
      </td>
      <td className="num">{entry.attempts}</td>
      <td className="whitespace-nowrap">{ended ? when(ended) : t("notYet")}</td>
    </tr>
  );
}

function StuckRow({ entry, view, giveUp }: { entry: LedgerEntry; view: LedgerView; giveUp: Act }) {
  const t = useTranslations("operate.ledger");
  const items = view.stuck[entry.id] ?? [];
  return (
    <tr className="bg-hover">
      <td colSpan={9}>
        <div className="grid gap-1">
          <p>
            <b>{t("stuck", { n: items.length })}</b> {t("stuckText")}
          </p>
          <ul>
            {items.map((item) => (
              <li key={item.uri}>
                <Code ground="sub">{item.uri}</Code> {t("tries", { n: item.attempts })} {item.error}
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
    <tr className="bg-hover">
      <td colSpan={9}>
        <div className="grid gap-1">
          <p>{t(entry.state === "stored" ? "uncommitted" : "unlisted")}</p>
          <HiddenForm act={giveUp} fields={fields}>
            {t("giveUpTransaction")}
          </HiddenForm>
        </div>
      </td>
    </tr>
  );
}
