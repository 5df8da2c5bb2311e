import { cookies } from "next/headers";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { AccountMenu } from "@/components/shell/account-menu";
import { FollowPath } from "@/components/shell/follow-path";
import { SquadSwitch } from "@/components/shell/squad-switch";
import { Top } from "@/components/shell/top";
import { Notice } from "@/components/ui/blocks";
import { languageOf, languages } from "@/i18n/locales";
import { can } from "@/lib/context";
import { viewCoach } from "@/lib/services/team/members";
import { squadsOfTeam } from "./address";

type CoachHeaderProps = { current?: { id: string; name: string }; children?: ReactNode };

/** The bar above every page of a coach. */
export async function CoachHeader({ current, children }: CoachHeaderProps) {
  const ctx = await coachContext();
  const [squads, coach] = await Promise.all([squadsOfTeam(), viewCoach({ ctx })]);
  const theme = (await cookies()).get("theme")?.value;
  const isArchived = current !== undefined && !squads.some((squad) => squad.id === current.id);
  return (
    <>
      <Top home="/squads">
        <SquadSwitch squads={squads} current={current ?? null} />
        {children}
        <span className="flex-1" />
        <AccountMenu
          coach={coach}
          operates={can(ctx.actor, "operation.view")}
          theme={theme === "light" || theme === "dark" ? theme : "system"}
          language={languageOf(await getLocale())}
          languages={languages()}
        />
        <FollowPath />
      </Top>
      {isArchived ? <ArchivedNotice /> : null}
    </>
  );
}

/** Above every page of an archived squad and of its athletes: what is seen there has stopped. */
async function ArchivedNotice() {
  const t = await getTranslations("squad.squads");
  return (
    <div className="px-(--margin) pt-3">
      <Notice>
        {t("archivedHere")}{" "}
        <Link className="link" href="/squads" prefetch={false}>
          {t("archivedWay")}
        </Link>
      </Notice>
    </div>
  );
}
