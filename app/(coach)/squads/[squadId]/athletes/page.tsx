import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getTranslations } from "next-intl/server";
import { coachContext } from "@/app/context";
import { Roster } from "@/components/roster/roster";
import { Card } from "@/components/ui/blocks";
import { PageTitle } from "@/components/ui/page-title";
import { can } from "@/lib/context";
import { viewRoster } from "@/lib/services/athletes/manage";
import { type SquadParams, squadOf, squadsOfTeam, squadTitle } from "../../../address";
import { InviteBox } from "../invite-box";
import { wordsOf } from "./form-words";
import { changeAction, removeAction } from "./roster-actions";

export async function generateMetadata(props: SquadParams): Promise<Metadata> {
  return squadTitle(props, (await getTranslations("shell.nav"))("athletes"));
}

export default async function AthletesPage({ params }: SquadParams) {
  const { squadId } = await params;
  const ctx = await coachContext();
  await squadOf(squadId);
  const t = await getTranslations("squad.invite");
  const mayChange = can(ctx.actor, "athletes.change");
  return (
    <>
      <PageTitle title={t("title")} lead={t("lead")} />
      <div className="grid grid-cols-[minmax(0,1fr)_440px] items-start gap-4 px-(--margin) pt-3.5 max-[1001px]:grid-cols-1">
        <Card
          title={t("inviteTitle")}
          aria-label={t("inviteTitle")}
          className="col-start-2 row-start-1 max-[1001px]:col-start-1"
        >
          <InviteBox ctx={ctx} squadId={squadId} room="side" />
        </Card>
        <NextIntlClientProvider messages={await wordsOf("roster")}>
          <Roster
            roster={await viewRoster({ ctx, input: { squadId } })}
            squadId={squadId}
            squads={await squadsOfTeam()}
            act={mayChange ? { change: changeAction, remove: removeAction } : undefined}
          />
        </NextIntlClientProvider>
      </div>
    </>
  );
}
