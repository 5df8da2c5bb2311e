import { useLocale, useTranslations } from "next-intl";
import { clockOrDay } from "@/components/format/dates";
import { Sub } from "@/components/ui/blocks";
import { Confirm } from "@/components/ui/confirm";
import { Button } from "@/components/ui/controls";
import type { WaitingInvitation } from "@/lib/services/invitations/invite";
import { Readdress } from "./readdress";
import { SendAgain } from "./send-again";
import type { InviteState } from "./states";

type Room = "page" | "side";

const ROWS = {
  page: "grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1fr)_auto] phone:grid-cols-[minmax(0,1fr)_auto]",
  side: "grid-cols-[minmax(0,1fr)_auto]",
} satisfies Record<Room, string>;

const ACTS = {
  page: "justify-end *:justify-items-end phone:col-span-full phone:justify-start phone:*:justify-items-start",
  side: "col-span-full justify-start",
} satisfies Record<Room, string>;

type WaitingListProps = {
  /** A page's whole width, or a narrow column beside something else. */
  room: Room;
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
  const { room, waiting, squadId, timeZone, today, resend, withdraw, readdress } = props;
  const t = useTranslations("squad.invite");
  const locale = useLocale();
  if (waiting.length === 0) return null;
  const when = (at: Date) => clockOrDay(at.getTime(), { timeZone, date: today, locale });
  return (
    <section className="grid gap-2" aria-label={t("waiting")}>
      <h2 className={room === "side" ? "mb-1.5" : undefined}>{t("waiting")}</h2>
      <ul>
        {waiting.map((invitation) => (
          <li
            key={invitation.athleteId}
            className={`grid items-center gap-x-3 gap-y-1.5 border-line border-b py-2 ${ROWS[room]}`}
          >
            <span>
              <b className="font-[550]">{invitation.name}</b>
              <Sub>{invitation.email ?? t("byLink")}</Sub>
            </span>
            <span className="text-ink-2">
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
              <span className={`flex flex-wrap gap-1.5 ${ACTS[room]}`}>
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
