import Link from "next/link";
import { useTranslations } from "next-intl";
import { wordFor } from "@/components/format/word";
import { ScrollBox } from "@/components/ui/scroll-box";
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
    <section className="card" aria-labelledby="mails-title">
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
      {view.mails.length === 0 ? <p className="quiet">{t("none")}</p> : null}
      {view.mails.length > 0 ? (
        <ScrollBox className="operate-scroll" label={t("title")}>
          <table className="plain">
            <caption className="unseen">{t("title")}</caption>
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
                  <td className="quiet nowrap">{when(mail.queuedAt)}</td>
                  <th scope="row">{wordFor(t, `kinds.${mail.kind}`) ?? mail.kind}</th>
                  <td className="operate-address">{mail.toEmail}</td>
                  <td className="operate-words">
                    <span className={mail.state === "failed" || mail.state === "unknown" ? "strong" : "soft"}>
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
          </table>
        </ScrollBox>
      ) : null}
    </section>
  );
}

function remedyOf({ state, kind, canSendAgain }: OperationView["mails"][number]): string {
  if (state === "unknown") return "remedies.unknown";
  if (canSendAgain) return "remedies.again";
  return kind === "morning" || kind === "later-today" ? "remedies.morning" : "remedies.ask";
}
