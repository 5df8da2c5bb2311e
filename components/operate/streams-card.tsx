import Link from "next/link";
import { useTranslations } from "next-intl";
import { StreamWord } from "@/components/connections/stream-word";
import { Card } from "@/components/ui/blocks";
import { Confirm } from "@/components/ui/confirm";
import type { OperationView } from "@/lib/services/operation/view";
import { type Act, HiddenForm } from "./hidden-form";
import { Acts, Below, WideTable, Words } from "./parts";
import { useWhen } from "./when";

type Props = { view: OperationView; act: { retrySync: Act; giveUp: Act } };

/** Connections and transactions that are not in order, and the way to those that are. */
export function StreamsCard({ view, act }: Props) {
  const t = useTranslations("operate.streams");
  const { broken, troubles } = view;
  return (
    <Card title={t("title")} titleId="streams-title">
      <ul className="mb-1.5 grid gap-0.5">
        {view.squads.map((squad) => (
          <li key={squad.squadId}>
            <Link className="link" href={`/squads/${squad.squadId}/connections`} prefetch={false}>
              {squad.name}
            </Link>{" "}
            <span className="text-ink-2">
              {t("squad", { n: squad.connected, streams: squad.streams, inOrder: squad.inOrder })}
            </span>
            {squad.needAction > 0 ? <b> {t("needAction", { n: squad.needAction })}</b> : null}
          </li>
        ))}
      </ul>
      {broken.length + troubles.length === 0 ? <p className="text-ink-3">{t("none")}</p> : null}
      {broken.length + troubles.length > 0 ? (
        <WideTable title={t("title")}>
          <thead>
            <tr>
              <th scope="col">{t("athlete")}</th>
              <th scope="col">{t("stream")}</th>
              <th scope="col">{t("state")}</th>
              <th scope="col">{t("what")}</th>
              <th scope="col" className="num">
                {t("action")}
              </th>
            </tr>
          </thead>
          <tbody>
            <BrokenRows view={view} />
            <TroubleRows view={view} act={act} />
          </tbody>
        </WideTable>
      ) : null}
    </Card>
  );
}

function AthleteCell({ athleteId, athleteName, squadName }: Record<string, string>) {
  return (
    <th scope="row">
      <Link className="link" href={`/operate/athletes/${athleteId}`} prefetch={false}>
        {athleteName}
      </Link>
      <Below>{squadName}</Below>
    </th>
  );
}

function BrokenRows({ view }: { view: OperationView }) {
  const t = useTranslations("operate.streams");
  const status = useTranslations("connections.status");
  return view.broken.map((one) => (
    <tr key={one.athleteId}>
      <AthleteCell athleteId={one.athleteId} athleteName={one.athleteName} squadName={one.squadName} />
      <td>{t("all")}</td>
      <td>
        <StreamWord state="refused">{status(one.status)}</StreamWord>
      </td>
      <Words>{t(`broken.${one.status}`, { email: one.email ?? t("noAddress") })}</Words>
      <td className="num">
        <Link className="link" href={`/squads/${one.squadId}/athletes`} prefetch={false}>
          {t("invite")}
        </Link>
      </td>
    </tr>
  ));
}

function TroubleRows({ view, act }: Props) {
  const t = useTranslations("operate.streams");
  const ledger = useTranslations("operate.ledger");
  const streams = useTranslations("connections.stream");
  const when = useWhen(view);
  return view.troubles.map((one) => {
    const open = one.errorCode === null;
    return (
      <tr key={`${one.athleteId}/${one.stream}`}>
        <AthleteCell athleteId={one.athleteId} athleteName={one.athleteName} squadName={one.squadName} />
        <td>{streams.has(one.stream) ? streams(one.stream) : one.stream}</td>
        <td>
          <StreamWord state={open ? "open" : "refused"}>
            {open ? t("open", { at: when(one.openSinceMs ?? 0) }) : t("failed", { n: one.failures })}
          </StreamWord>
        </td>
        <Words>
          <What trouble={one} /> {one.nextDueAtMs === null ? null : t("next", { at: when(one.nextDueAtMs) })}
        </Words>
        <td>
          <Acts>
            <HiddenForm
              act={act.retrySync}
              fields={{ athleteId: one.athleteId }}
              label={t("retryOf", { name: one.athleteName })}
            >
              {t("retry")}
            </HiddenForm>
            {one.stuckItems > 0 && one.transactionId ? (
              <Confirm
                word={t("giveUp", { n: one.stuckItems })}
                label={t("giveUpOf", { n: one.stuckItems, name: one.athleteName })}
                text={ledger("giveUpText")}
              >
                <HiddenForm
                  act={act.giveUp}
                  fields={{ transactionId: one.transactionId, what: "items" }}
                  label={t("giveUpNowOf", { n: one.stuckItems, name: one.athleteName })}
                >
                  {ledger("giveUpNow", { n: one.stuckItems })}
                </HiddenForm>
              </Confirm>
            ) : null}
            {one.unsettled && one.transactionId ? (
              <HiddenForm
                act={act.giveUp}
                fields={{ transactionId: one.transactionId, what: "transaction" }}
                label={t("giveUpTransactionOf", { name: one.athleteName })}
              >
                {t("giveUpTransaction")}
              </HiddenForm>
            ) : null}
          </Acts>
        </td>
      </tr>
    );
  });
}

/** What went wrong and what helps, in the reader's language where it is a known trouble. */
function What({ trouble }: { trouble: OperationView["troubles"][number] }) {
  const t = useTranslations("operate.streams");
  const known = `troubles.${trouble.errorCode}`;
  if (t.has(known)) return t(known, { provider: trouble.provider });
  const { unsettled, stuckItems, transactionState } = trouble;
  return (
    <>
      {trouble.errorMessage ? <span className="wrap-anywhere">{trouble.errorMessage} </span> : null}
      {stuckItems > 0 ? t("stuck", { n: stuckItems }) : null}
      {unsettled ? t(transactionState === "stored" ? "uncommitted" : "unlisted") : null}
      {stuckItems === 0 && !unsettled ? t("resumes") : null}
    </>
  );
}
