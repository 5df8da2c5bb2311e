import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import type { ComponentProps } from "react";
import { InviteMany } from "@/components/invite/invite-many";
import { InviteOne } from "@/components/invite/invite-one";
import { WaitingList } from "@/components/invite/waiting-list";
import { languageOf, languages } from "@/i18n/locales";
import { type Context, can } from "@/lib/context";
import { listWaiting } from "@/lib/services/invitations/invite";
import { getSquad } from "@/lib/services/squads/manage";
import { civilDateIn } from "@/lib/time/zone";
import {
  inviteManyAction,
  inviteOneAction,
  readdressAction,
  resendAction,
  withdrawAction,
} from "./athletes/actions";
import { wordsOf } from "./athletes/form-words";

type InviteBoxProps = { ctx: Context; squadId: string } & Pick<ComponentProps<typeof WaitingList>, "room">;

/** Invite one, invite many, and who has not come yet. Those who may only read see the list alone. */
export async function InviteBox({ ctx, squadId, room }: InviteBoxProps) {
  const t = await getTranslations("squad.invite");
  const [squad, waiting] = await Promise.all([
    getSquad({ ctx, input: { squadId } }),
    listWaiting({ ctx, input: { squadId } }),
  ]);
  const mayInvite = can(ctx.actor, "athletes.invite");
  const spoken = { spoken: languages(), chosen: languageOf(await getLocale()) };
  const messages = await wordsOf("invite");
  return (
    <NextIntlClientProvider messages={messages}>
      <div className="grid gap-6">
        {mayInvite ? (
          <>
            <InviteOne squadId={squadId} languages={spoken} invite={inviteOneAction} />
            <details>
              <summary className="link">{t("many")}</summary>
              <div className="pt-3">
                <InviteMany squadId={squadId} languages={spoken} invite={inviteManyAction} />
              </div>
            </details>
          </>
        ) : (
          <p>{t("readOnly")}</p>
        )}
        <WaitingList
          room={room}
          waiting={waiting}
          squadId={squadId}
          timeZone={squad.timeZone}
          today={civilDateIn(ctx.now, squad.timeZone)}
          resend={mayInvite ? resendAction : undefined}
          withdraw={withdrawAction}
          readdress={readdressAction}
        />
      </div>
    </NextIntlClientProvider>
  );
}
