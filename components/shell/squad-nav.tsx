import { useTranslations } from "next-intl";
import { NavLink } from "./nav-link";

const PAGES = ["morning", "heatmap", "analysis", "alerts", "connections", "athletes"] as const;

/** The pages of one squad. Before its first athlete, the start stands for the morning. */
export function SquadNav({ squadId }: { squadId: string }) {
  const t = useTranslations("shell.nav");
  const squad = `/squads/${squadId}`;
  return (
    <nav
      className="flex gap-0.5 self-stretch phone:relative phone:order-9 phone:mx-[calc(-1*var(--margin))] phone:w-[calc(100%+2*var(--margin))] phone:overflow-x-auto phone:border-line phone:border-t phone:px-2 phone:[scrollbar-width:none]"
      aria-label={t("label")}
    >
      {PAGES.map((page) =>
        page === "morning" ? (
          <NavLink key={page} href={squad} also={`${squad}/start`}>
            {t(page)}
          </NavLink>
        ) : (
          <NavLink key={page} href={`${squad}/${page}`}>
            {t(page)}
          </NavLink>
        ),
      )}
    </nav>
  );
}
