import { useTranslations } from "next-intl";
import { NavLink } from "./nav-link";

const PAGES = ["morning", "heatmap", "analysis", "alerts", "connections", "athletes"] as const;

/** The pages of one squad. Before its first athlete, the start stands for the morning. */
export function SquadNav({ squadId }: { squadId: string }) {
  const t = useTranslations("shell.nav");
  const squad = `/squads/${squadId}`;
  return (
    <nav className="top-nav" aria-label={t("label")}>
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
