import Link from "next/link";
import { useTranslations } from "next-intl";
import { wordFor } from "@/components/format/word";
import { Card } from "@/components/ui/card";
import { ScrollBox } from "@/components/ui/scroll-box";
import { Table } from "@/components/ui/table";
import type { OperationView } from "@/lib/services/operation/view";
import { type Act, HiddenForm } from "./hidden-form";
import { useWhen } from "./when";

type Props = { view: OperationView; sendAgain: Act; shown: "few" | "all" };

/** The mail log without texts: who was written to, how it ended, and what can be sent again. */
export function MailsCard({ view, sendAgain, shown }: Props) {
  const t = useTranslations("operate.mails");
  const when = useWhen(view);
  const acts = view.mails.some((mail) => mail.canSendAgain);
  return (
    <Card aria-labelledby="mails-title">
      <div className="operate-head">
        <h2 id="mails-title">{t("title")}</h2>
        <Link
          className="link"
          href={shown === "few" ? "/operate?mails=all#mails-title" : "/operate#mails-title"}
          prefetch={false}
          scroll={false}
        >
          {t(shown === "few" ? "showAll" : "showFew")}
        </Link>
      </div>
      {view.mails.length === 0 ? <p className="text-ink-3">{t("none")}</p> : null}
      {view.mails.length > 0 ? (
        <ScrollBox className="operate-scroll" label={t("title")}>
          <Table caption={t("title")}>
            <thead>
              <tr>
                <th scope="col">{t("when")}</th>
                <th scope="col">{t("kind")}</th>
                <th scope="col">{t("to")}</th>
                <th scope="col">{t("state")}</th>
                {acts ? (
                  <th scope="col" className="num">
                    {t("action")}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody>
              {view.mails.map((mail) => (
                <tr key={mail.id}>
                  <td className="text-ink-3 whitespace-nowrap">{when(mail.queuedAt)}</td>
                  <th scope="row">{wordFor(t, `kinds.${mail.kind}`) ?? mail.kind}</th>
                  <td className="operate-address">{mail.toEmail}</td>
                  <td className="operate-words">
                    <span
                      className={
                        mail.state === "failed" || mail.state === "unknown"
                          ? "font-semibold text-ink"
                          : "text-ink-2"
                      }
                    >
                      {t(`states.${mail.state}`)}
                    </span>
                    {mail.error ? <span className="sub wrap-anywhere">{mail.error}</span> : null}
                    {mail.state === "failed" || mail.state === "unknown" ? (
                      <span className="sub">{t(remedyOf(mail))}</span>
                    ) : null}
                  </td>
                  {acts ? (
                    <td>
                      {mail.canSendAgain ? (
                        <span className="operate-acts">
                          <HiddenForm
                            act={sendAgain}
                            fields={{ mailId: mail.id }}
                            label={t("againOf", { to: mail.toEmail })}
                          >
                            {t("again")}
                          </HiddenForm>
                        </span>
                      ) : null}
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </Table>
        </ScrollBox>
      ) : null}
    </Card>
  );
}

function remedyOf({ state, kind, canSendAgain }: OperationView["mails"][number]): string {
  if (state === "unknown") return "remedies.unknown";
  if (canSendAgain) return "remedies.again";
  return kind === "morning" || kind === "later-today" ? "remedies.morning" : "remedies.ask";
}
