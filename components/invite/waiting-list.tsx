import { useLocale, useTranslations } from "next-intl";
import { clockOrDay } from "@/components/format/dates";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Sub } from "@/components/ui/lists";
import type { WaitingInvitation } from "@/lib/services/invitations/invite";
import { Readdress } from "./readdress";
import { SendAgain } from "./send-again";
import type { InviteState } from "./states";

type WaitingListProps = {
  waiting: readonly WaitingInvitation[];
  squadId: string;
  timeZone: string;
  today: string;
  resend?: ((before: InviteState, form: FormData) => Promise<InviteState>) | undefined;
  withdraw: (form: FormData) => Promise<void>;
  readdress: (before: InviteState, form: FormData) => Promise<InviteState>;
};

/** Who was invited and has not connected yet. */
export function WaitingList(props: WaitingListProps) {
  const { waiting, squadId, timeZone, today, resend, withdraw, readdress } = props;
  const t = useTranslations("squad.invite");
  const locale = useLocale();
  if (waiting.length === 0) return null;
  const when = (at: Date) => clockOrDay(at.getTime(), { timeZone, date: today, locale });
  return (
    <section className="grid gap-2" aria-label={t("waiting")}>
      <h2>{t("waiting")}</h2>
      <ul className="waiting">
        {waiting.map((invitation) => (
          <li key={invitation.athleteId}>
            <span className="waiting-name">
              <b>{invitation.name}</b>
              <Sub>{invitation.email ?? t("byLink")}</Sub>
            </span>
            <span className="waiting-sent">
              {t(`made.${invitation.delivery}`, { at: when(invitation.sentAt) })}
            </span>
            <span>
              {invitation.state === "sent" && invitation.delivery !== "sent"
                ? t(`unsent.${invitation.delivery}`)
                : t(`states.${invitation.state}`)}
              {invitation.openedAt ? <Sub>{t("openedAt", { at: when(invitation.openedAt) })}</Sub> : null}
              {invitation.state === "sent" || invitation.state === "accepted" ? (
                <Sub>{t("expires", { day: when(invitation.expiresAt) })}</Sub>
              ) : null}
            </span>
            {resend ? (
              <span className="waiting-acts">
                <SendAgain
                  squadId={squadId}
                  athleteId={invitation.athleteId}
                  name={invitation.name}
                  email={invitation.email}
                  resend={resend}
                />
                <Confirm
                  word={t("withdraw")}
                  label={t("withdrawOf", { name: invitation.name })}
                  text={t("withdrawText")}
                >
                  <form action={withdraw}>
                    <input type="hidden" name="squadId" value={squadId} />
                    <input type="hidden" name="athleteId" value={invitation.athleteId} />
                    <Button
                      type="submit"
                      size="small"
                      aria-label={t("withdrawNowOf", { name: invitation.name })}
                    >
                      {t("withdrawNow")}
                    </Button>
                  </form>
                </Confirm>
                {invitation.owned ? null : (
                  <Readdress
                    squadId={squadId}
                    athleteId={invitation.athleteId}
                    name={invitation.name}
                    email={invitation.email}
                    readdress={readdress}
                  />
                )}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
