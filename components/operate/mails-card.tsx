import Link from "next/link";
import { useTranslations } from "next-intl";
import { wordFor } from "@/components/format/word";
import { Card } from "@/components/ui/blocks";
import type { OperationView } from "@/lib/services/operation/view";
import { type Act, HiddenForm } from "./hidden-form";
import { Acts, Below, WideTable, Words } from "./parts";
import { useWhen } from "./when";

type Props = { view: OperationView; sendAgain: Act; shown: "few" | "all" };

/** The mail log without texts: who was written to, how it ended, and what can be sent again. */
export function MailsCard({ view, sendAgain, shown }: Props) {
  const t = useTranslations("operate.mails");
  const when = useWhen(view);
  const acts = view.mails.some((mail) => mail.canSendAgain);
  return (
    <Card aria-labelledby="mails-title">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="mails-title" className="mb-1.5">
          {t("title")}
        </h2>
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
        <WideTable title={t("title")}>
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
                <td className="wrap-anywhere min-w-50">{mail.toEmail}</td>
                <Words>
                  <span
                    className={
                      mail.state === "failed" || mail.state === "unknown"
                        ? "font-semibold text-ink"
                        : "text-ink-2"
                    }
                  >
                    {t(`states.${mail.state}`)}
                  </span>
                  {mail.error ? (
                    <Below>
                      <span className="wrap-anywhere">{mail.error}</span>
                    </Below>
                  ) : null}
                  {mail.state === "failed" || mail.state === "unknown" ? (
                    <Below>{t(remedyOf(mail))}</Below>
                  ) : null}
                </Words>
                {acts ? (
                  <td>
                    {mail.canSendAgain ? (
                      <Acts>
                        <HiddenForm
                          act={sendAgain}
                          fields={{ mailId: mail.id }}
                          label={t("againOf", { to: mail.toEmail })}
                        >
                          {t("again")}
                        </HiddenForm>
                      </Acts>
                    ) : null}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </WideTable>
      ) : null}
    </Card>
  );
}

function remedyOf({ state, kind, canSendAgain }: OperationView["mails"][number]): string {
  if (state === "unknown") return "remedies.unknown";
  if (canSendAgain) return "remedies.again";
  return kind === "morning" || kind === "later-today" ? "remedies.morning" : "remedies.ask";
}
