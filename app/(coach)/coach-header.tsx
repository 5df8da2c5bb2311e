import { cookies } from "next/headers";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { coachContext } from "@/app/context";
import { AccountMenu } from "@/components/shell/account-menu";
import { Brand } from "@/components/shell/brand";
import { SquadSwitch } from "@/components/shell/squad-switch";
import { languageOf, languages } from "@/i18n/locales";
import { listSquads } from "@/lib/services/squads/list";
import { viewCoach } from "@/lib/services/squads/view-coach";

type CoachHeaderProps = { current?: { id: string; name: string }; path: string; children?: ReactNode };

/** The bar above every page of a coach. */
export async function CoachHeader({ current, path, children }: CoachHeaderProps) {
  const ctx = await coachContext();
  const [squads, coach] = await Promise.all([listSquads({ ctx }), viewCoach({ ctx })]);
  const theme = (await cookies()).get("theme")?.value;
  return (
    <header className="top">
      <Brand href="/squads" />
      <SquadSwitch squads={squads} current={current ?? null} />
      {children}
      <span className="grow" />
      <AccountMenu
        coach={coach}
        operates={ctx.actor.kind === "coach" && ctx.actor.role === "owner"}
        theme={theme === "light" || theme === "dark" ? theme : "system"}
        language={languageOf(await getLocale())}
        languages={languages()}
        path={path}
      />
    </header>
  );
}
